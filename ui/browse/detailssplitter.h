// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QSplitter>

class CredentialTableView;
class QSettings;

/// The rows and the details beside them, which get what the usual columns leave until somebody moves the
/// handle.
class DetailsSplitter : public QSplitter
{
    Q_OBJECT

public:
    /// `rows` holds the table. The place of the handle is kept at `key` of the settings, which must outlive
    /// the splitter.
    DetailsSplitter(QWidget *rows, const CredentialTableView &table, QWidget *details, QSettings &settings,
                    QLatin1StringView key);

    void setDetailsShown(bool isShown);
    /// Keeps the place of the handle for the next splitter.
    void savePosition();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void splitUsually();

    const CredentialTableView &m_table;
    QWidget *m_details;
    QSettings &m_settings;
    const QLatin1StringView m_key;
    bool m_isUsual = true; ///< nobody moved the handle
};
