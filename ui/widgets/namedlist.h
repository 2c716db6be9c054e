// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

/// A short list of names, with what else there is to say quietly behind each: as high as its rows, up to some
/// of them.
class NamedList : public QListWidget
{
    Q_OBJECT

public:
    /// `name` is what a screen reader calls it.
    explicit NamedList(const QString &name);

    /// `text` is what a screen reader and the tool tip say.
    void addNamed(const QString &name, const QString &details, const QString &text);
    /// To be called once the rows are there; without any it hides.
    void fitRows();
};
