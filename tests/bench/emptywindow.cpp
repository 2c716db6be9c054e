// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QMainWindow>
#include <QScreen>
#include <QTableView>
#include <QTimer>

#include <cstdio>

/// The least a program with a table in a window can be. Says when it is painted, as Credenza does.
class EmptyWindow : public QMainWindow
{
public:
    EmptyWindow()
    {
        setCentralWidget(new QTableView);
        resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(4, 40)));
    }

protected:
    bool event(QEvent *event) override
    {
        const bool isHandled = QMainWindow::event(event);
        if (event->type() == QEvent::Paint && !m_wasPainted) {
            m_wasPainted = true;
            QTimer::singleShot(0, this, [] { std::fputs("credenza.perf: window-painted\n", stderr); });
        }
        return isHandled;
    }

private:
    bool m_wasPainted = false;
};

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    EmptyWindow window;
    window.show();
    return QApplication::exec();
}
