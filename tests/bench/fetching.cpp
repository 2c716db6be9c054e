// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "figures.h"
#include "services/session.h"

#include <QEventLoop>

#include <iostream>
#include <string>

using namespace Qt::StringLiterals;

namespace {

PageQuery queryOf(const BenchServer &server, const QString &rows, int page = 0)
{
    return {.applicationId = server.applicationId, .page = page, .perPage = rows.toInt()};
}

void check(const Result<CredentialPage> &page, const PageQuery &query)
{
    if (!page || int(page->items.size()) != query.perPage)
        qFatal("page %d does not arrive: %s", query.page,
               page ? "it is too short" : qPrintable(page.error().technicalDetail));
}

} // namespace

void measureFetching(const BenchServer &server, const QStringList &arguments)
{
    Session session(server.profile, "token", Session::Kind::Account);
    const PageQuery query = queryOf(server, arguments.at(0));
    std::string line;
    while (std::getline(std::cin, line)) {
        QEventLoop loop;
        PendingCall call;
        const double taken = timed([&] {
            call = session.credentials().list(query, [&](const Result<CredentialPage> &page) {
                check(page, query);
                loop.quit();
            });
            loop.exec();
        });
        report({{u"ours"_s, taken}});
    }
}

void measureBurst(const BenchServer &server, const QStringList &arguments)
{
    const int count = arguments.at(1).toInt();
    QEventLoop loop;
    int left = count;
    const double taken = timed([&] {
        Session session(server.profile, "token", Session::Kind::Account);
        std::vector<PendingCall> calls;
        for (int i = 0; i < count; ++i) {
            const PageQuery query = queryOf(server, arguments.at(0), i);
            calls.push_back(session.credentials().list(query, [&, query](const Result<CredentialPage> &page) {
                check(page, query);
                if (--left == 0)
                    loop.quit();
            }));
        }
        loop.exec();
    });
    report({{u"ours"_s, taken}});
}
