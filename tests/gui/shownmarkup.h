// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/openwindow.h"
#include "services/tokenstore.h"
#include "signin/signinagaindialog.h"
#include "signin/signindialog.h"

#include <QStringList>

#include <map>

class QAbstractItemView;

/// A line for each place of the program's widgets and actions, hidden ones too, that does not show `part`
/// literally, or would not: as markup, without its ampersands or its "[*]", or filled in as if it were a
/// format. Also for each label that may read a text as HTML, and each box of Qt's that does.
///
/// `part` is recognised, however mangled, by its first word of four letters or more, which nothing else may
/// hold. What is cut has to end in "…".
QStringList shownMarkup(const QString &part);

/// In how many places that can be seen `part` stands literally, be it cut.
int placesShowing(const QString &part);

/// Nothing is markup, and the text is to be seen.
#define QVERIFY_LITERAL(text)                                                                                \
    QCOMPARE(shownMarkup(text), QStringList());                                                              \
    QVERIFY(placesShowing(text) > 0)

inline const QString odd = QStringLiteral("<b>Mallory</b> R&D [*] <img src=\"http://127.0.0.1:1/x\"> %1");
inline const QString oddFile = QStringLiteral("<i>Trudy R&D [*] %1"); ///< as a file may be called
inline const QString oddEmail = odd + QStringLiteral("@example.com");

/// The program before a server whose application, organization and account have odd names.
class OddScene
{
public:
    void begin();
    /// Closes what is open.
    void end();

    static ScriptedReply json(const QJsonObject &object, int status = 200);
    /// Of the server's, with the number 1 and a type that is not known.
    static QJsonObject oddRow();
    Profile profile() const { return {.name = odd, .connection = {.server = m_losant->url()}}; }
    Profile production() const;
    /// Saves two, one of which has no name. Returns the other.
    Profile saveProfiles();

    /// From now on to a path, or to what is "POST"ed.
    void answer(const QByteArray &request, const ScriptedReply &reply);

    void open() { open(profile()); }
    void open(const Profile &profile);
    /// Over the window, filled in, with an odd name.
    void openForm();
    GuiProbe form() const { return GuiProbe(*m_form); }
    /// The window's token, so that another is asked for: "of-another" user or "of-nobody".
    void expire(const QByteArray &token);
    GuiProbe again() const { return GuiProbe(*m_again); }

    static void enterToken(const GuiProbe &dialog, const QString &token);
    /// Sends the pointer over the item, which has a tool tip.
    static void hover(const QAbstractItemView &view, const QModelIndex &index);
    /// A question or message that comes over the window.
    static GuiProbe boxOver(const QWidget *window);

    std::map<QByteArray, ScriptedReply> m_answers;
    std::unique_ptr<FakeLosant> m_losant;
    std::unique_ptr<TestSettings> m_settings;
    std::unique_ptr<OpenWindow> m_window;
    QPointer<QWidget> m_form;
    QPointer<SignInAgainDialog> m_again;
};

/// Open, as long as it lives.
struct OpenSignIn
{
    OpenSignIn(QSettings &settings, const Profile &profile);

    ProfileStore profiles;
    TokenStore tokens{QStringLiteral("io.github.credenza.Test")};
    SignInDialog dialog;
    GuiProbe probe{dialog};
};
