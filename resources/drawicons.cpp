// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextStream>

/// Draws SVGs and writes them as the C++ of drawnIcon(): credenza_drawicons OUTPUT FOLDER/ (PATH SIZE)...
/// OUTPUT knows them by their path below FOLDER/.
int main(int argc, char *argv[])
{
    if (argc < 3 || argc % 2 == 0)
        return 2;
    QSaveFile output(QFile::decodeName(argv[1]));
    if (!output.open(QIODevice::WriteOnly))
        return 1;
    QTextStream out(&output);
    out << "#include \"widgets/drawnicons.h\"\n\nconst quint32 *drawnIcon(QStringView path, int size)\n{\n";
    for (int i = 3; i < argc; i += 2) {
        const QString path = QFile::decodeName(argv[i]);
        const int size = QByteArray(argv[i + 1]).toInt();
        QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        QSvgRenderer renderer(QFile::decodeName(argv[2]) + path);
        if (!renderer.isValid())
            return 1;
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(&painter, QRectF(0, 0, size, size));
        painter.end();
        out << "    if (size == " << size << " && path == u\"" << path << "\") {\n"
            << "        static constexpr quint32 pixels[] = {";
        for (int pixel = 0; pixel < size * size; ++pixel)
            out << reinterpret_cast<const quint32 *>(image.constBits())[pixel] << ',';
        out << "};\n        return pixels;\n    }\n";
    }
    out << "    return nullptr;\n}\n";
    out.flush();
    return output.commit() ? 0 : 1;
}
