// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/profile.h"

#include <QStringList>

/// Where the canned answers are.
struct BenchServer
{
    Profile profile;
    QString applicationId;
};

// Each measures one thing, as often as it is told, and reports its figures.

/// FILE TIMES: a page read, against a QJsonDocument made of it.
void measureParsing(const QStringList &arguments);

/// ROWS: a page fetched and read on a warm connection, once for each line of the standard input.
void measureFetching(const BenchServer &server, const QStringList &arguments);
/// ROWS COUNT: as many pages fetched and read, all asked for at once on a cold connection.
void measureBurst(const BenchServer &server, const QStringList &arguments);

/// FILE TIMES: a page of 1000 rows from its arrival until it is painted, against a QJsonDocument made of
/// FILE.
void measureShowing(const BenchServer &server, const QStringList &arguments);
/// PAGES: frames while scrolling through 1000 rows, a full page of the view a frame.
void measureScrolling(const BenchServer &server, const QStringList &arguments);
/// PAGES: frames while going forward so many pages of 100 rows by the keyboard, and back again.
void measureTurning(const BenchServer &server, const QStringList &arguments);
/// TEXT BEGINNING: types the text into the filter; whether the rows that come to be shown begin so.
void measureTyping(const BenchServer &server, const QStringList &arguments);

// Of all applications at once, whose credentials are ROWS.

/// ROWS: all of them read, from a cold connection on.
void measureFilling(const BenchServer &server, const QStringList &arguments);
/// ROWS TIMES: in the window, the first rows painted after the first answer, so many times; then, while it
/// fills, for how long events wait, and frames of scrolling.
void measureFillingWindow(const BenchServer &server, const QStringList &arguments);
/// ROWS TIMES TEXT...: in the window, each letter of each text typed, each order and grouping by key, until
/// painted.
void measureSearching(const BenchServer &server, const QStringList &arguments);
/// ROWS TIMES FILE: all of them written to the file as CSV, with the columns that show at first.
void measureExporting(const BenchServer &server, const QStringList &arguments);
