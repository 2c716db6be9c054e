// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

/// The body of a request that writes, which can be read once.
///
/// QNetworkAccessManager sends any request again by itself when a connection closes early, unless it can't
/// rewind the body. Then it reports ContentReSendError instead: the answer was lost.
class BodyDevice : public QIODevice
{
public:
    explicit BodyDevice(const QByteArray &body) : m_body(body)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_read >= m_body.size(); }
    qint64 size() const override { return m_body.size(); }
    qint64 bytesAvailable() const override { return atEnd() ? 0 : m_body.size() - m_read; }

    bool wasRead() const { return m_read > 0; }

    /// Lets go of the bytes, once no connection needs them any more.
    void drop() { m_body.clear(); }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 count = qMin(maxSize, bytesAvailable());
        if (count == 0)
            return maxSize == 0 ? 0 : -1;
        std::copy_n(m_body.constData() + m_read, count, data);
        m_read += count;
        return count;
    }

    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_read = 0;
};
