// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/createdialogdriver.h"
#include "gui/dialogscene.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace {

const QString longMessage =
    u"The server's certificate can't be trusted: it is from an authority that this computer does not know. "
    "If it is one of your own, choose its file in the settings of the profile. "_s.repeated(12);

} // namespace

/// Every dialog on a small screen: CREDENZA_SCREEN and CREDENZA_POINTS say which.
class DialogSizeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDialog_data();
    void everyDialog();
    void everyTypeOfCredential_data();
    void everyTypeOfCredential();
    void whatAppearsLaterIsInSight();

private:
    static void check(QWidget *dialog);
};

void DialogSizeTest::check(QWidget *dialog)
{
    QTest::qWait(60); // what has appeared is laid out
    const QSize screen = dialog->screen()->availableSize();
    const QSize frame = (dialog->frameSize() - dialog->size()).expandedTo(QSize(4, 40));
    QVERIFY2(dialog->width() + frame.width() <= screen.width(),
             qPrintable(u"%1 wide"_s.arg(dialog->width())));
    QVERIFY2(dialog->height() + frame.height() <= screen.height(),
             qPrintable(u"%1 high"_s.arg(dialog->height())));
    QVERIFY(dialog->minimumSizeHint().height() + frame.height() <= screen.height());
    for (const QScrollArea *area : dialog->findChildren<QScrollArea *>()) {
        if (area->isVisible())
            QVERIFY2(area->widget()->width() <= area->viewport()->width(),
                     qPrintable(u"%1 in %2"_s.arg(area->widget()->width()).arg(area->viewport()->width())));
    }
    // The buttons below do not scroll, and are whole.
    int buttons = 0;
    for (const QPushButton *button : dialog->findChildren<QPushButton *>()) {
        const bool scrolls = [button] {
            for (const QWidget *part = button; part; part = part->parentWidget()) {
                if (qobject_cast<const QScrollArea *>(part))
                    return true;
            }
            return false;
        }();
        if (!button->isVisible() || scrolls)
            continue;
        ++buttons;
        const QRect inDialog(button->mapTo(dialog, QPoint()), button->size());
        QVERIFY2(dialog->rect().contains(inDialog), qPrintable(button->text()));
        QVERIFY2(button->height() >= button->minimumSizeHint().height(), qPrintable(button->text()));
        QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
    }
    QVERIFY(buttons > 0);
}

void DialogSizeTest::everyDialog_data()
{
    DialogScene::addRowsOfOwnDialogs();
}

void DialogSizeTest::everyDialog()
{
    QFETCH(QString, name);
    DialogScene scene;
    Profile west = DialogScene::proxied(scene.losant->url());
    scene.profiles->save(west);
    scene.message = longMessage;
    QDialog *dialog = scene.open(name);
    const CloseAtEnd closes(*dialog);
    check(dialog);
    for (QWidget *part : dialog->findChildren<QWidget *>()) { // all that may show at once
        if (part->accessibleName() == "Two-factor code"_L1)
            part->show();
    }
    for (auto *message : dialog->findChildren<MessageBanner *>())
        message->showMessage(longMessage);
    check(dialog);
    if (const QByteArray folder = qgetenv("CREDENZA_PICTURES"); !folder.isEmpty())
        dialog->grab().save(QString::fromLocal8Bit(folder) + u'/' + name + u".png"_s);
}

void DialogSizeTest::everyTypeOfCredential_data()
{
    QTest::addColumn<QString>("type");
    for (const CredentialType &type : credentialTypes())
        QTest::newRow(type.key.data()) << credentialTypeName(type.key);
}

void DialogSizeTest::everyTypeOfCredential()
{
    QFETCH(QString, type);
    CreateDialogDriver driver;
    driver.chooseType(type);
    check(&driver.dialog);
    driver.click(u"Create"_s); // says what is missing
    QVERIFY(!driver.errorMessage().isEmpty());
    check(&driver.dialog);
}

void DialogSizeTest::whatAppearsLaterIsInSight()
{
    DialogScene scene;
    QDialog *dialog = scene.open(u"Profile settings"_s);
    const CloseAtEnd closes(*dialog);
    const QSize before = dialog->size();
    GuiProbe(*dialog).line(u"Losant domain"_s)->setText(u"a b"_s);
    GuiProbe(*dialog).click(u"Save"_s);
    check(dialog);
    const auto *message = dialog->findChild<MessageBanner *>();
    const auto *area = dialog->findChild<QScrollArea *>();
    QVERIFY(message->isVisible() && dialog->height() >= before.height());
    QVERIFY(area->viewport()->rect().contains(
        QRect(message->mapTo(area->viewport(), QPoint()), message->size())));
}

int main(int argc, char *argv[])
{
    const QList<QByteArray> size =
        qEnvironmentVariable("CREDENZA_SCREEN", u"1024x600"_s).toLatin1().split('x');
    QTemporaryDir folder;
    QFile screens(folder.filePath(u"screens.json"_s));
    if (!screens.open(QIODevice::WriteOnly))
        return 1;
    screens.write("{\"screens\": [{\"name\": \"small\", \"x\": 0, \"y\": 0, \"width\": " + size[0] +
                  ", \"height\": " + size.value(1) + ", \"logicalDpi\": 96, \"dpr\": 1}]}");
    screens.close();
    qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + screens.fileName().toLocal8Bit());
    QApplication application(argc, argv);
    if (const int points = qEnvironmentVariableIntValue("CREDENZA_POINTS"); points > 0) {
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    }
    DialogSizeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "dialogsizetest.moc"
