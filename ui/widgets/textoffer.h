// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <initializer_list>

class QMimeData;

/// What a drop or the clipboard offers to an editor of text.
struct TextOffer
{
    enum class Kind {
        None,
        Text,
        File,   ///< one local file, or a folder
        Files,  ///< several
        Remote, ///< something at an address, or on another computer
    };

    Kind kind = Kind::None;
    QString path; ///< File
};

/// `data` may be nullptr. File managers offer files as text as well, some as text only: that is a file, too.
TextOffer textOffer(const QMimeData *data);

/// Why an editor does not take what is offered, with what to do, or nothing. An address is text to an editor
/// that takes no files.
QString offerProblem(const TextOffer &offer, bool takesFiles);

/// That a text is too long for an editor.
QString tooLongProblem(qsizetype characters, qsizetype maximum);

/// Why an editor does not take in a text of these parts, or nothing: it is too long, or can't be laid out
/// while somebody waits.
QString roomProblem(std::initializer_list<QStringView> parts, qsizetype maximum);
