# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds the checker small trees with one thing wrong each, and right ones beside them.

    checkertest.py QT_HEADERS LUPDATE
"""

import sys
import tempfile
import unittest
from pathlib import Path

from checker import Checker

QT_HEADERS = None
LUPDATE = None
CPP = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
HEADER = CPP + "#pragma once\n"


class CheckerTest(unittest.TestCase):
    def check(self, **files):
        """The problems of a tree of these files; in the names `__` is a slash and `_dot_` a dot."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name.replace("__", "/").replace("_dot_", ".")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return Checker(folder, QT_HEADERS, LUPDATE).run()

    def assertFinds(self, part, **files):
        problems = self.check(**files)
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(part, problems[0])

    def assertFine(self, **files):
        self.assertEqual(self.check(**files), [])

    def test_an_include_that_runs_upwards(self):
        wrong = [
            ("app__domain__a_dot_cpp", "api/result.h"),
            ("app__domain__a_dot_cpp", "recognition/formats.h"),
            ("app__recognition__a_dot_cpp", "api/result.h"),
            ("app__api__a_dot_cpp", "services/session.h"),
            ("app__services__a_dot_h", "models/credentialtablemodel.h"),
            ("app__domain__a_dot_h", "models/credentialtablemodel.h"),
        ]
        for name, header in wrong:
            self.assertFinds("above it", **{name: f'{HEADER}#include "{header}"\n'})

    def test_an_include_that_runs_downwards_is_fine(self):
        for name in ("app__models__a_dot_cpp", "ui__browse__a_dot_cpp"):
            self.assertFine(**{name: f'{CPP}#include "services/session.h"\n#include "domain/credential.h"\n'})

    def test_a_folder_without_a_layer(self):
        self.assertFinds("none of the layers", app__more__a_dot_cpp=CPP)

    def test_files_that_include_each_other(self):
        includes = {name: f'{HEADER}#include "domain/{other}.h"\n' for name, other in ("ab", "bc", "ca")}
        self.assertFinds(
            "files include each other: app/domain/a → app/domain/b → app/domain/c → app/domain/a",
            **{f"app__domain__{name}_dot_h": text for name, text in includes.items()},
        )

    def test_a_header_and_its_source_are_one(self):
        self.assertFinds(
            "files include each other: ui/a → ui/b → ui/a",
            ui__a_dot_h=HEADER,
            ui__a_dot_cpp=f'{CPP}#include "a.h"\n#include "b.h"\n',
            ui__b_dot_h=HEADER,
            ui__b_dot_cpp=f'{CPP}#include "b.h"\n#include "a.h"\n',
        )

    def test_each_circle_is_told_once(self):
        pairs = ("ab", "ba", "cd", "dc")
        names = {f"ui__{name}_dot_h": f'{HEADER}#include "{other}.h"\n' for name, other in pairs}
        self.assertEqual(len(self.check(**names)), 2)

    def test_folders_that_include_each_other(self):
        self.assertFinds(
            "folders include each other: ui/browse → ui/edit → ui/browse",
            ui__browse__a_dot_h=f'{HEADER}#include "edit/b.h"\n',
            ui__browse__d_dot_h=HEADER,
            ui__edit__b_dot_h=HEADER,
            ui__edit__c_dot_cpp=f'{CPP}#include "browse/d.h"\n',
        )

    def test_folders_that_include_each_other_by_way_of_a_file_above_them(self):
        self.assertFinds(
            "folders include each other",
            ui__browse__a_dot_h=f'{HEADER}#include "text.h"\n',
            ui__browse__b_dot_h=HEADER,
            ui__text_dot_h=HEADER,
            ui__text_dot_cpp=f'{CPP}#include "text.h"\n#include "browse/b.h"\n',
        )

    def test_includes_without_a_circle_are_fine(self):
        self.assertFine(
            ui__window_dot_cpp=f'{CPP}#include "browse/a.h"\n#include "text.h"\n',
            ui__browse__a_dot_h=f'{HEADER}#include "text.h"\n#include "browse/b.h"\n#include "domain/c.h"\n',
            ui__browse__a_dot_cpp=f'{CPP}#include "browse/a.h"\n#include "browse/b.h"\n',
            ui__browse__b_dot_h=HEADER,
            ui__text_dot_h=HEADER,
            app__domain__c_dot_h=f"{HEADER}#include <c.h>\n",
        )

    def test_an_include_of_ui_in_app(self):
        self.assertFinds(
            "of ui/", app__models__a_dot_cpp=f'{CPP}#include "browse/b.h"\n', ui__browse__b_dot_h=HEADER
        )

    def test_an_include_without_its_folder(self):
        self.assertFinds("name their folder", app__models__a_dot_cpp=f'{CPP}#include "datetext.h"\n')

    def test_the_sandbox_uses_domain_only(self):
        self.assertFinds("domain only", app__sandbox__a_dot_cpp=f'{CPP}#include "api/losantjson.h"\n')
        self.assertFine(app__sandbox__a_dot_cpp=f'{CPP}#include "domain/credential.h"\n#include "sandbox/b.h"\n')

    def test_only_main_uses_the_sandbox(self):
        include = f'{CPP}#include "sandbox/sandboxserver.h"\n'
        self.assertFinds("may use the sandbox", ui__mainwindow_dot_cpp=include)
        self.assertFinds("may use the sandbox", app__services__a_dot_cpp=include)
        self.assertFine(ui__main_dot_cpp=include)

    def test_widgets_in_app(self):
        for header in ("QtWidgets/QWidget", "QtGui", "QWidget", "QColor", "QtWidgets"):
            self.assertFinds("windows", app__models__a_dot_cpp=f"{CPP}#include <{header}>\n")
        self.assertFine(app__models__a_dot_cpp=f"{CPP}#include <QString>\n#include <QNetworkReply>\n")
        self.assertFine(ui__a_dot_cpp=f"{CPP}#include <QWidget>\n")

    def test_a_box_that_reads_markup(self):
        for header in ("QMessageBox", "QtWidgets/QMessageBox", "QErrorMessage", "QInputDialog"):
            self.assertFinds("plain text", ui__a_dot_cpp=f"{CPP}#include <{header}>\n")
        self.assertFine(ui__a_dot_cpp=f'{CPP}#include "widgets/messagebox.h"\n#include <QDialog>\n')

    def test_a_label_that_reads_markup(self):
        self.assertFinds("PlainLabel", ui__a_dot_cpp=f"{CPP}auto *label = new QLabel(text);\n")
        self.assertFinds("PlainLabel", ui__a_dot_h=f"{HEADER}class Label : public QLabel {{}};\n")
        self.assertFine(ui__widgets__plainlabel_dot_h=f"{HEADER}class PlainLabel : public QLabel {{}};\n")
        self.assertFine(ui__a_dot_cpp=f'{CPP}#include <QLabel>\nauto *link = new QLabel(tr("<a href=\\"%1\\">x</a>"));\n')

    def test_an_include_in_a_comment_is_none(self):
        self.assertFine(app__domain__a_dot_cpp=f'{CPP}/*\n#include "api/result.h"\n*/\n// #include <QWidget>\n')

    def test_a_lambda_without_a_context(self):
        for call in (
            "connect(a, &A::b, [this] { c(); });",
            "QObject::connect(\n    a(1, 2), &A::b,\n    [=](int x, int y) { d(x, y); });",
            "connect(a, qOverload<int>(&A::b), function);",
            "QTimer::singleShot(0, [] {});",
        ):
            self.assertFinds("context object", app__api__a_dot_cpp=f"{CPP}void f() {{ {call} }}\n")

    def test_a_connect_with_a_context_is_fine(self):
        for call in (
            "connect(a, &A::b, this, [this] { c(1, 2, 3); });",
            "connect(a, &A::b, this, &C::d);",
            "connect(a, &A::b, this, [] {}, Qt::QueuedConnection);",
            "QTimer::singleShot(0, this, [] {});",
            "disconnect(a, nullptr, this);",
            "// connect(a, &A::b, [] {});",
            'log("connect(a, &A::b, [] {})");',
            "connect(a, &A::b, this, [] { return QString(u'('); });",
        ):
            self.assertFine(ui__a_dot_cpp=f"{CPP}void f() {{ {call} }}\n")

    def test_a_colour_in_ui(self):
        for colour in (
            "QColor(12, 34, 56)",
            "QColor c(255, 0, 0)",
            'QColor("#ff0000")',
            'QColor(u"red"_s)',
            "Qt::red",
            "Qt::darkGray",
            "QColor::fromRgb(x)",
            "qRgb(1, 2, 3)",
            'u"color: #fff"_s',
            'u"background: rgb(1, 2, 3)"_s',
        ):
            self.assertFinds("palette", ui__a_dot_cpp=f"{CPP}auto x = {colour};\n")

    def test_a_colour_of_the_palette_is_fine(self):
        for colour in ("palette().color(QPalette::Text)", "Qt::transparent", 'tr("Application #3")', "QColor(other)"):
            self.assertFine(ui__a_dot_cpp=f"{CPP}auto x = {colour};\n")

    def test_no_licence(self):
        self.assertFinds("SPDX", app__domain__a_dot_cpp="int a;\n")
        self.assertFinds("SPDX", tests__unit__a_dot_cpp="int a;\n")
        self.assertFinds("SPDX", app__CMakeLists_dot_txt="add_library(a)\n")
        self.assertFinds("SPDX", packaging__a_dot_sh="#!/bin/sh\n")
        self.assertFine(packaging__a_dot_sh="#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n")

    def test_no_pragma_once(self):
        self.assertFinds("pragma once", ui__a_dot_h=CPP + "int a;\n")

    def test_too_long_a_file(self):
        self.assertFinds("501 lines", ui__a_dot_cpp=CPP + "\n" * 500)
        self.assertFinds("501 lines", tests__unit__a_dot_cpp=CPP + "\n" * 500)
        self.assertFinds("401 lines", ui__mainwindow_dot_cpp=CPP + "\n" * 400)
        self.assertFine(ui__a_dot_cpp=CPP + "\n" * 499, ui__mainwindow_dot_cpp=CPP + "\n" * 399)

    def test_a_table_may_be_long(self):
        self.assertFine(app__domain__credentialtypes_dot_cpp=CPP + "\n" * 900)

    def translation(self, body, language="de", source='tr("Hello")'):
        class_ = f"{CPP}#include <QObject>\nclass A : public QObject\n{{\n    Q_OBJECT\n    QString f() {{ return {source}; }}\n}};\n"
        text = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="{language}">{body}</TS>\n'
        return {"ui__a_dot_cpp": class_, "translations__credenza_%s_dot_ts" % language: text}

    def message(self, source, translation, kind=""):
        return (
            f"<context><name>A</name><message><source>{source}</source>"
            f"<translation{kind}>{translation}</translation></message></context>"
        )

    def test_a_text_that_is_not_translated(self):
        self.assertFinds("not translated", **self.translation(""))
        self.assertFinds("not translated", **self.translation(self.message("Hello", "", ' type="unfinished"')))
        self.assertFinds("not translated", **self.translation(self.message("Hello", "Hallo", ' type="unfinished"')))
        self.assertFinds("not translated", **self.translation(self.message("Hello", "")))

    def test_a_translation_of_a_text_that_is_gone(self):
        bodies = self.message("Hello", "Hallo") + self.message("Bye", "Tschau")
        self.assertFinds("any more", **self.translation(bodies))

    def test_a_complete_translation_is_fine(self):
        self.assertFine(**self.translation(self.message("Hello", "Hallo")))

    def test_english_needs_plural_forms_only(self):
        self.assertFine(**self.translation("", language="en"))
        plural = 'tr("%n row(s)", nullptr, 2)'
        self.assertFinds("not translated", **self.translation("", language="en", source=plural))
        self.assertFinds("not translated", **self.translation("", source=plural))


if __name__ == "__main__":
    LUPDATE = sys.argv.pop()
    QT_HEADERS = sys.argv.pop()
    unittest.main()
