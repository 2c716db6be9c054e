// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apianswer.h"
#include "api/losantjson.h"
#include "commands.h"
#include "figures.h"

#include <QFile>

using namespace Qt::StringLiterals;

void measureParsing(const QStringList &arguments)
{
    QFile file(arguments.at(0));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s can't be read", qPrintable(file.fileName()));
    const ApiAnswer answer{.httpStatus = 200, .body = file.readAll()};
    QJsonArray ours;
    QJsonArray theirs;
    const int times = arguments.at(1).toInt();
    constexpr int warmUp = 3;
    for (int i = -warmUp; i < times; ++i) {
        std::size_t rows = 0;
        const double page = timed([&] { rows = LosantJson::readCredentialPage(answer)->items.size(); });
        bool isDocument = false;
        const double document = timed([&] { isDocument = QJsonDocument::fromJson(answer.body).isObject(); });
        if (rows != 1000 || !isDocument)
            qFatal("%s does not hold 1000 credentials", qPrintable(file.fileName()));
        if (i >= 0) {
            ours.append(page);
            theirs.append(document);
        }
    }
    report({{u"ours"_s, ours}, {u"theirs"_s, theirs}});
}
