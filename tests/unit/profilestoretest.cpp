// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/profilestore.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// Where the profiles of a person are kept.
class ProfileStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aProfileComesBackAsItWasKept();
    void aNewProfileIsGivenAnId();
    void aProfileIsKeptInPlaceOfItself();
    void theLastOneUsedComesFirst();
    void theLastOneOfAServerIsFoundWhateverItsSlash();
    void theTokensOfThoseSignedOutOrRemovedAreLeftUntilTheyAreGone();
    void aProfileThatWasRemovedIsGone();
    void noProfileIsFoundByNoId();
    void noProfileIsRemovedByNoId();

private:
    static Profile profile(const QString &name, const QString &server = u"https://api.losant.com"_s)
    {
        return {.name = name, .connection = {.server = QUrl(server)}};
    }
    QStringList names() const
    {
        QStringList names;
        for (const Profile &profile : ProfileStore(*m_settings).profiles())
            names.append(profile.name);
        return names;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
};

void ProfileStoreTest::init()
{
    m_settings.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"settings.ini"_s), QSettings::IniFormat);
}

void ProfileStoreTest::aProfileComesBackAsItWasKept()
{
    Profile kept{.name = u"Plant, \"west\" ü"_s,
                 .account = u"ada@example.com"_s,
                 .connection = {.server = QUrl(u"https://iot.example.com:8443/api"_s),
                                .losantDomain = u"iot.example.com"_s,
                                .authorityFile = u"/etc/ca.pem"_s,
                                .proxy = {.kind = Connection::Proxy::Kind::Socks5,
                                          .host = u"proxy.example.com"_s,
                                          .port = 1080,
                                          .user = u"ada"_s}},
                 .isProduction = true,
                 .isReadOnly = true};
    ProfileStore(*m_settings).save(kept);
    m_settings->sync();

    QSettings later(m_settings->fileName(), QSettings::IniFormat);
    QVERIFY(ProfileStore(later).find(kept.id) == kept);
}

void ProfileStoreTest::aNewProfileIsGivenAnId()
{
    Profile one = profile(u"one"_s);
    Profile other = profile(u"other"_s);
    ProfileStore store(*m_settings);
    store.save(one);
    store.save(other);
    QVERIFY(!one.id.isEmpty());
    QVERIFY(one.id != other.id);
    QCOMPARE(store.profiles().size(), 2U);
}

void ProfileStoreTest::aProfileIsKeptInPlaceOfItself()
{
    Profile one = profile(u"one"_s);
    ProfileStore store(*m_settings);
    store.save(one);
    one.name = u"renamed"_s;
    store.save(one);
    QCOMPARE(names(), QStringList{u"renamed"_s});
}

void ProfileStoreTest::theLastOneUsedComesFirst()
{
    ProfileStore store(*m_settings);
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        Profile one = profile(name);
        store.save(one);
        store.markUsed(one.id);
        QTest::qWait(2);
    }
    QCOMPARE(names(), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    store.markUsed(store.profiles().back().id);
    QCOMPARE(names(), (QStringList{u"a"_s, u"c"_s, u"b"_s}));
    QCOMPARE(store.lastUsed()->name, u"a"_s);
}

void ProfileStoreTest::theLastOneOfAServerIsFoundWhateverItsSlash()
{
    ProfileStore store(*m_settings);
    Profile here = profile(u"here"_s, u"https://here.example.com/"_s);
    Profile there = profile(u"there"_s, u"https://there.example.com"_s);
    store.save(here);
    store.save(there);
    store.markUsed(there.id);
    QCOMPARE(store.lastUsed(QUrl(u"https://here.example.com"_s))->name, u"here"_s);
    QVERIFY(!store.lastUsed(QUrl(u"https://nowhere.example.com"_s)));
}

void ProfileStoreTest::theTokensOfThoseSignedOutOrRemovedAreLeftUntilTheyAreGone()
{
    ProfileStore store(*m_settings);
    Profile kept = profile(u"kept"_s);
    Profile signedOut = profile(u"signed out"_s);
    Profile removed = profile(u"removed"_s);
    for (Profile *one : {&kept, &signedOut, &removed})
        store.save(*one);
    store.setSignedOut(signedOut.id, true);
    store.remove(removed.id);

    QSettings later(m_settings->fileName(), QSettings::IniFormat);
    ProfileStore laterStore(later);
    QStringList left = laterStore.idsOfLeftTokens();
    left.sort();
    QStringList expected{signedOut.id, removed.id};
    expected.sort();
    QCOMPARE(left, expected);

    ProfileStore(*m_settings).save(removed); // it is a profile again
    m_settings->sync();
    later.sync();
    QCOMPARE(laterStore.idsOfLeftTokens(), QStringList{signedOut.id});
    laterStore.remove(removed.id);
    laterStore.setSignedOut(removed.id, false);
    QCOMPARE(laterStore.idsOfLeftTokens(), QStringList{signedOut.id});
    laterStore.setSignedOut(signedOut.id, false);
    QCOMPARE(laterStore.idsOfLeftTokens(), QStringList());
    QVERIFY(!laterStore.find(removed.id));
}

void ProfileStoreTest::aProfileThatWasRemovedIsGone()
{
    ProfileStore store(*m_settings);
    Profile one = profile(u"one"_s);
    store.save(one);
    store.remove(one.id);
    QVERIFY(!store.find(one.id));
    QVERIFY(store.profiles().empty());
    store.markUsed(one.id); // of a window that is still open
    QVERIFY(store.profiles().empty());
}

void ProfileStoreTest::noProfileIsFoundByNoId()
{
    QVERIFY(!ProfileStore(*m_settings).find({}));
    QVERIFY(!ProfileStore(*m_settings).lastUsed());
}

void ProfileStoreTest::noProfileIsRemovedByNoId()
{
    ProfileStore store(*m_settings);
    Profile one = profile(u"one"_s);
    store.save(one);
    store.remove({});
    QCOMPARE(names(), QStringList{u"one"_s});
}

QTEST_GUILESS_MAIN(ProfileStoreTest)
#include "profilestoretest.moc"
