<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccountMenu</name>
    <message>
        <source>The sandbox on this computer</source>
        <translation>Die Sandbox auf diesem Computer</translation>
    </message>
    <message>
        <source>&amp;Profiles</source>
        <translation>&amp;Profile</translation>
    </message>
    <message>
        <source>Profile s&amp;ettings…</source>
        <translation>Profil&amp;einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Sign in differently…</source>
        <translation>An&amp;ders anmelden …</translation>
    </message>
    <message>
        <source>&amp;Leave the sandbox</source>
        <translation>Sandbox ver&amp;lassen</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>Ab&amp;melden</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>My sandbox</source>
        <translation>Meine Sandbox</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
</context>
<context>
    <name>ApplicationIdDialog</name>
    <message>
        <source>Error message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Open an application</source>
        <translation>Anwendung öffnen</translation>
    </message>
    <message>
        <source>Application ID</source>
        <translation>Anwendungs-ID</translation>
    </message>
    <message>
        <source>It is part of the address of the application&apos;s pages in the Losant console: what follows “/applications/”. The whole address will do, too.</source>
        <translation>Sie ist Teil der Adresse der Anwendung in der Losant-Konsole: das, was auf „/applications/“ folgt. Die ganze Adresse geht auch.</translation>
    </message>
    <message>
        <source>Application &amp;ID</source>
        <translation>Anwendungs-&amp;ID</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>An application ID is 24 digits from 0 to 9 and a to f.</source>
        <translation>Eine Anwendungs-ID besteht aus 24 Stellen von 0 bis 9 und a bis f.</translation>
    </message>
</context>
<context>
    <name>ApplicationSidebar</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Search applications</source>
        <translation>Anwendungen suchen</translation>
    </message>
    <message>
        <source>Shows only applications whose name contains this (Ctrl+K)</source>
        <translation>Zeigt nur Anwendungen, deren Name dies enthält (Strg+K)</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Anwendungen</translation>
    </message>
    <message>
        <source>Loading applications…</source>
        <translation>Anwendungen werden geladen …</translation>
    </message>
    <message>
        <source>The list is still incomplete: %1 so far…</source>
        <translation>Die Liste ist noch unvollständig: bisher %1 …</translation>
    </message>
    <message>
        <source>There are no applications here yet. Make one in the Losant console.</source>
        <translation>Hier gibt es noch keine Anwendungen. Erstellen Sie eine in der Losant-Konsole.</translation>
    </message>
    <message>
        <source>No application has “%1” in its name.</source>
        <translation>Keine Anwendung hat „%1“ im Namen.</translation>
    </message>
    <message>
        <source>Go to the search</source>
        <translation>Zur Suche</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>You have stopped loading the applications. Try again to see them.</source>
        <translation>Sie haben das Laden der Anwendungen angehalten. Versuchen Sie es erneut, um sie zu sehen.</translation>
    </message>
    <message>
        <source>You have stopped loading the list: %1 so far. Try again to see all.</source>
        <translation>Sie haben das Laden der Liste angehalten: bisher %1. Versuchen Sie es erneut, um alle zu sehen.</translation>
    </message>
    <message>
        <source>You have stopped loading the list again. It is as it was before.</source>
        <translation>Sie haben das erneute Laden der Liste angehalten. Sie ist, wie sie vorher war.</translation>
    </message>
</context>
<context>
    <name>ApplicationTreeModel</name>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>My sandbox</source>
        <translation>Meine Sandbox</translation>
    </message>
    <message numerus="yes">
        <source>%n credential(s)</source>
        <translation>
            <numerusform>Zugangsdaten: %n</numerusform>
            <numerusform>Zugangsdaten: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>All applications</source>
        <translation>Alle Anwendungen</translation>
    </message>
    <message>
        <source>The credentials of all applications at once (Ctrl+0)</source>
        <translation>Die Zugangsdaten aller Anwendungen auf einmal (Strg+0)</translation>
    </message>
</context>
<context>
    <name>AuthorityProblem</name>
    <message>
        <source>“%1” does not exist</source>
        <translation>„%1“ gibt es nicht</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read: permission denied</source>
        <translation>„%1“ lässt sich nicht lesen: keine Berechtigung</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read: %2</source>
        <translation>„%1“ lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>“%1” is a folder, which SSL_CERT_DIR may name</source>
        <translation>„%1“ ist ein Ordner, den SSL_CERT_DIR nennen kann</translation>
    </message>
    <message>
        <source>“%1” is a folder and no file</source>
        <translation>„%1“ ist ein Ordner und keine Datei</translation>
    </message>
    <message>
        <source>“%1” is no folder, but a file, which SSL_CERT_FILE may name</source>
        <translation>„%1“ ist kein Ordner, sondern eine Datei, die SSL_CERT_FILE nennen kann</translation>
    </message>
    <message>
        <source>“%1” is no ordinary file, but a device or a pipe</source>
        <translation>„%1“ ist keine gewöhnliche Datei, sondern ein Gerät oder eine Pipe</translation>
    </message>
    <message>
        <source>“%1” is larger than 4 MiB</source>
        <translation>„%1“ ist größer als 4 MiB</translation>
    </message>
    <message>
        <source>“%1” is empty</source>
        <translation>„%1“ ist leer</translation>
    </message>
    <message>
        <source>“%1” holds no certificate</source>
        <translation>„%1“ enthält kein Zertifikat</translation>
    </message>
    <message>
        <source>“%1” holds a private key and no certificate</source>
        <translation>„%1“ enthält einen privaten Schlüssel und kein Zertifikat</translation>
    </message>
    <message>
        <source>“%1” holds PKCS #7, which is not read (“openssl pkcs7 -print_certs” makes PEM of it)</source>
        <translation>„%1“ enthält PKCS #7, das nicht gelesen wird („openssl pkcs7 -print_certs“ macht PEM daraus)</translation>
    </message>
    <message>
        <source>“%1” is a PKCS #12 container, which is not read (“openssl pkcs12 -nokeys” makes PEM of it)</source>
        <translation>„%1“ ist ein PKCS-#12-Container, der nicht gelesen wird („openssl pkcs12 -nokeys“ macht PEM daraus)</translation>
    </message>
    <message>
        <source>“%1” holds OpenSSL&apos;s “TRUSTED CERTIFICATE”, which is not read (“openssl x509” makes PEM of it)</source>
        <translation>„%1“ enthält „TRUSTED CERTIFICATE“ von OpenSSL, das nicht gelesen wird („openssl x509“ macht PEM daraus)</translation>
    </message>
    <message numerus="yes">
        <source>in “%1” %n certificate(s) is damaged</source>
        <translation>
            <numerusform>in „%1“ ist %n Zertifikat beschädigt</numerusform>
            <numerusform>in „%1“ sind %n Zertifikate beschädigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) can&apos;t be used; the first:</source>
        <translation>
            <numerusform>%n Datei ist nicht zu gebrauchen:</numerusform>
            <numerusform>%n Dateien sind nicht zu gebrauchen, die erste davon:</numerusform>
        </translation>
    </message>
    <message>
        <source>the files from “%1” on are too many, and were not all read</source>
        <translation>von „%1“ an sind es zu viele Dateien, und nicht alle wurden gelesen</translation>
    </message>
    <message>
        <source>Correct the variable or what it names, and start Credenza again.</source>
        <translation>Berichtigen Sie die Variable oder was sie nennt und starten Sie Credenza neu.</translation>
    </message>
    <message>
        <source>Not all authorities of the profile&apos;s CA file are trusted: %1.</source>
        <translation>Nicht allen Zertifizierungsstellen aus der CA-Datei des Profils wird vertraut: %1.</translation>
    </message>
    <message>
        <source>The profile&apos;s CA file adds no authority that is trusted: %1.</source>
        <translation>Die CA-Datei des Profils nennt keine Zertifizierungsstelle, der vertraut wird: %1.</translation>
    </message>
    <message>
        <source>Choose another in the profile&apos;s settings.</source>
        <translation>Wählen Sie in den Profileinstellungen eine andere.</translation>
    </message>
    <message>
        <source>Not all authorities of SSL_CERT_FILE are trusted: %1.</source>
        <translation>Nicht allen Zertifizierungsstellen aus SSL_CERT_FILE wird vertraut: %1.</translation>
    </message>
    <message>
        <source>SSL_CERT_FILE adds no authority that is trusted: %1.</source>
        <translation>SSL_CERT_FILE nennt keine Zertifizierungsstelle, der vertraut wird: %1.</translation>
    </message>
    <message>
        <source>Not all authorities of SSL_CERT_DIR are trusted: %1.</source>
        <translation>Nicht allen Zertifizierungsstellen aus SSL_CERT_DIR wird vertraut: %1.</translation>
    </message>
    <message>
        <source>SSL_CERT_DIR adds no authority that is trusted: %1.</source>
        <translation>SSL_CERT_DIR nennt keine Zertifizierungsstelle, der vertraut wird: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n other certificate(s) is used.</source>
        <translation>
            <numerusform>%n anderes Zertifikat wird verwendet.</numerusform>
            <numerusform>%n andere Zertifikate werden verwendet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AutoRetry</name>
    <message>
        <source>%1 Credenza keeps trying by itself.</source>
        <translation>%1 Credenza versucht es von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>CertificateProblems</name>
    <message>
        <source>nobody</source>
        <translation>niemanden</translation>
    </message>
    <message>
        <source>The certificate is self-signed: nobody else vouches for the server.</source>
        <translation>Das Zertifikat ist selbst signiert: Niemand sonst bürgt für den Server.</translation>
    </message>
    <message>
        <source>The certificate was issued by “%1”, whom this computer does not trust.</source>
        <translation>Das Zertifikat wurde von „%1“ ausgestellt, dem dieser Rechner nicht vertraut.</translation>
    </message>
    <message>
        <source>The certificate expired on %1; by this computer&apos;s clock it is %2.</source>
        <translation>Das Zertifikat ist abgelaufen (%1); nach der Uhr dieses Rechners ist heute %2.</translation>
    </message>
    <message>
        <source>The certificate is not valid before %1; by this computer&apos;s clock it is %2.</source>
        <translation>Das Zertifikat ist noch nicht gültig (erst ab %1); nach der Uhr dieses Rechners ist heute %2.</translation>
    </message>
    <message>
        <source>The certificate is for “%1” and not for “%2”.</source>
        <translation>Das Zertifikat gilt für „%1“ und nicht für „%2“.</translation>
    </message>
    <message>
        <source>The certificate is refused: %1.</source>
        <translation>Das Zertifikat wird abgelehnt: %1.</translation>
    </message>
</context>
<context>
    <name>ChangeBanner</name>
    <message>
        <source>Error message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>Error message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Discard what you typed? It is not kept anywhere.</source>
        <translation>Eingaben verwerfen? Sie werden nirgends aufbewahrt.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Offen lassen</translation>
    </message>
</context>
<context>
    <name>ChangeWords</name>
    <message>
        <source>New credential</source>
        <translation>Neue Zugangsdaten</translation>
    </message>
    <message>
        <source>Edit credential</source>
        <translation>Zugangsdaten bearbeiten</translation>
    </message>
    <message>
        <source>Rotate secret</source>
        <translation>Geheimnis rotieren</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>Rotieren</translation>
    </message>
    <message>
        <source>Create the credential (%1)</source>
        <translation>Zugangsdaten erstellen (%1)</translation>
    </message>
    <message>
        <source>Save what was changed (%1)</source>
        <translation>Speichern, was geändert wurde (%1)</translation>
    </message>
    <message>
        <source>Save the new key in place of the old one (%1)</source>
        <translation>Den neuen Schlüssel anstelle des alten speichern (%1)</translation>
    </message>
    <message>
        <source>Create once more</source>
        <translation>Noch einmal erstellen</translation>
    </message>
    <message>
        <source>Save once more</source>
        <translation>Noch einmal speichern</translation>
    </message>
    <message>
        <source>Create in production</source>
        <translation>In der Produktion anlegen</translation>
    </message>
    <message>
        <source>Save in production</source>
        <translation>In Produktion speichern</translation>
    </message>
    <message>
        <source>Rotate in production</source>
        <translation>In Produktion rotieren</translation>
    </message>
    <message>
        <source>Create anyway</source>
        <translation>Trotzdem anlegen</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>Creating</source>
        <translation>Wird erstellt</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Zugangsdaten werden erstellt …</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Looking whether it was created…</source>
        <translation>Es wird geprüft, ob sie erstellt wurden …</translation>
    </message>
    <message>
        <source>Looking whether it was saved…</source>
        <translation>Es wird nachgesehen, ob gespeichert wurde …</translation>
    </message>
    <message>
        <source>Cancelled. Looking whether it was created…</source>
        <translation>Abgebrochen. Es wird geprüft, ob sie erstellt wurden …</translation>
    </message>
    <message>
        <source>Cancelled. Looking whether it was saved…</source>
        <translation>Abgebrochen. Es wird nachgesehen, ob gespeichert wurde …</translation>
    </message>
    <message>
        <source>The answer was lost. Looking whether it was created…</source>
        <translation>Die Antwort ging verloren. Es wird geprüft, ob sie erstellt wurden …</translation>
    </message>
    <message>
        <source>The answer was lost. Looking whether it was saved…</source>
        <translation>Die Antwort ging verloren. Es wird nachgesehen, ob gespeichert wurde …</translation>
    </message>
    <message>
        <source>Create %1 in production?</source>
        <translation>%1 in der Produktion anlegen?</translation>
    </message>
    <message>
        <source>Save %1 in production?</source>
        <translation>%1 in Produktion speichern?</translation>
    </message>
    <message>
        <source>Rotate the secret of %1 in production?</source>
        <translation>Das Geheimnis von %1 in Produktion rotieren?</translation>
    </message>
    <message>
        <source>Create %1, although a secret may be where all can read it?</source>
        <translation>%1 anlegen, obwohl ein Geheimnis dort stehen könnte, wo alle es lesen können?</translation>
    </message>
    <message>
        <source>Save %1, although a secret may be where all can read it?</source>
        <translation>%1 speichern, obwohl ein Geheimnis stehen könnte, wo alle es lesen können?</translation>
    </message>
    <message>
        <source>It may have been created. Create it once more?</source>
        <translation>Die Zugangsdaten wurden möglicherweise erstellt. Noch einmal erstellen?</translation>
    </message>
    <message>
        <source>It may have been saved. Save it once more?</source>
        <translation>Vielleicht wurde gespeichert. Noch einmal speichern?</translation>
    </message>
    <message>
        <source>If it was, it is there twice then, or the server refuses the second one. “Check again” looks whether it is there by now.</source>
        <translation>Falls ja, gibt es sie dann zweimal, oder der Server lehnt die zweiten ab. „Erneut prüfen“ sieht nach, ob sie inzwischen da sind.</translation>
    </message>
    <message>
        <source>Before anything is sent, Credenza looks at what is there by now.</source>
        <translation>Bevor etwas gesendet wird, sieht Credenza nach, was inzwischen da ist.</translation>
    </message>
    <message>
        <source>Close, although it may have been created? What you typed is not kept.</source>
        <translation>Schließen, obwohl die Zugangsdaten vielleicht erstellt wurden? Ihre Eingaben werden nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Close, although it may have been saved? What you typed is not kept.</source>
        <translation>Schließen, obwohl vielleicht gespeichert wurde? Was Sie eingegeben haben, wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Cancelled before anything was sent. The credential was not created.</source>
        <translation>Abgebrochen, bevor etwas gesendet wurde. Die Zugangsdaten wurden nicht erstellt.</translation>
    </message>
    <message>
        <source>Cancelled before anything was sent. Nothing was saved.</source>
        <translation>Abgebrochen, bevor etwas gesendet wurde. Nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>The API token may show credentials here, but not create them. It needs the scope credentials.post or one that includes it: all.Application, all.Organization, all.User or credentials.*. What you typed stays.</source>
        <translation>Das API-Token darf hier Zugangsdaten zeigen, aber keine anlegen. Es braucht den Scope credentials.post oder einen, der ihn einschließt: all.Application, all.Organization, all.User oder credentials.*. Ihre Eingaben bleiben stehen.</translation>
    </message>
    <message>
        <source>The API token may show credentials here, but not change them. It needs the scope credential.patch or one that includes it: all.Application, all.Organization, all.User or credential.*. What you typed stays.</source>
        <translation>Das API-Token darf Zugangsdaten hier zeigen, aber nicht ändern. Es braucht den Scope credential.patch oder einen, der ihn enthält: all.Application, all.Organization, all.User oder credential.*. Was Sie eingegeben haben, bleibt.</translation>
    </message>
    <message>
        <source>The credential is not there any more: somebody has deleted it, or its application. Nothing was saved. What you typed stays until you close this.</source>
        <translation>Die Zugangsdaten sind nicht mehr da: Jemand hat sie oder ihre Anwendung gelöscht. Nichts wurde gespeichert. Was Sie eingegeben haben, bleibt, bis Sie dies schließen.</translation>
    </message>
    <message>
        <source>Not created yet. Look at: %1.</source>
        <translation>Noch nicht erstellt. Prüfen Sie: %1.</translation>
    </message>
    <message>
        <source>Not saved yet. Look at: %1.</source>
        <translation>Noch nicht gespeichert. Zu prüfen: %1.</translation>
    </message>
    <message>
        <source>It may have been created: there is a credential of this name and type, but its date does not tell whether it is this one. See that the date and time of this computer are right, then check again before you create it once more.</source>
        <translation>Die Zugangsdaten wurden möglicherweise erstellt: Es gibt welche mit diesem Namen und Typ, aber ihr Datum verrät nicht, ob es diese sind. Stellen Sie sicher, dass Datum und Uhrzeit dieses Computers stimmen, und prüfen Sie dann erneut, bevor Sie sie noch einmal erstellen.</translation>
    </message>
    <message>
        <source>It may have been created: you cancelled once it was sent, and it was not found up to now. Check again before you create it once more.</source>
        <translation>Die Zugangsdaten wurden möglicherweise erstellt: Sie haben nach dem Senden abgebrochen, und bisher wurden sie nicht gefunden. Prüfen Sie erneut, bevor Sie sie noch einmal erstellen.</translation>
    </message>
    <message>
        <source>It may have been saved: you cancelled once it was sent, and what the server shows does not tell. Check again before you save it once more.</source>
        <translation>Vielleicht wurde gespeichert: Sie haben abgebrochen, als es schon gesendet war, und was der Server zeigt, verrät es nicht. Sehen Sie noch einmal nach, bevor Sie erneut speichern.</translation>
    </message>
    <message>
        <source>It may have been created: it was sent before you signed in again, and whether it is there could not be found out. Check again before you create it once more.</source>
        <translation>Die Zugangsdaten wurden möglicherweise erstellt: Sie wurden gesendet, bevor Sie sich erneut angemeldet haben, und ob sie da sind, ließ sich nicht feststellen. Prüfen Sie erneut, bevor Sie sie noch einmal erstellen.</translation>
    </message>
    <message>
        <source>It may have been saved: it was sent before you signed in again, and whether it was could not be found out. Check again before you save it once more.</source>
        <translation>Vielleicht wurde gespeichert: Es wurde gesendet, bevor Sie sich neu angemeldet haben, und ob es gelang, ließ sich nicht herausfinden. Sehen Sie noch einmal nach, bevor Sie erneut speichern.</translation>
    </message>
    <message>
        <source>It may have been created: the server&apos;s answer does not tell, and it was not found up to now. Check again before you create it once more.</source>
        <translation>Die Zugangsdaten wurden möglicherweise erstellt: Die Antwort des Servers verrät es nicht, und bisher wurden sie nicht gefunden. Prüfen Sie erneut, bevor Sie sie noch einmal erstellen.</translation>
    </message>
    <message>
        <source>It may have been saved: neither the server&apos;s answer nor what it shows since tells. Check again before you save it once more.</source>
        <translation>Vielleicht wurde gespeichert: Weder die Antwort des Servers noch was er seitdem zeigt, verrät es. Sehen Sie noch einmal nach, bevor Sie erneut speichern.</translation>
    </message>
    <message>
        <source>It may have been created: the answer was lost, and it was not found up to now. Check again before you create it once more.</source>
        <translation>Die Zugangsdaten wurden möglicherweise erstellt: Die Antwort ging verloren, und bisher wurden sie nicht gefunden. Prüfen Sie erneut, bevor Sie sie noch einmal erstellen.</translation>
    </message>
    <message>
        <source>It may have been saved: the answer was lost, and what the server shows does not tell. Check again before you save it once more.</source>
        <translation>Vielleicht wurde gespeichert: Die Antwort ging verloren, und was der Server zeigt, verrät es nicht. Sehen Sie noch einmal nach, bevor Sie erneut speichern.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was saved: the server shows what was there before.</source>
        <translation>Abgebrochen. Nichts wurde gespeichert: Der Server zeigt, was vorher da war.</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weiteres</numerusform>
            <numerusform>… und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>The API token may show the list of credentials, but not a single one. It needs the scope credential.get or one that includes it: all.Application, all.Organization, all.User, their .read or credential.*.</source>
        <translation>Das API-Token darf die Liste der Zugangsdaten zeigen, aber keine einzelnen. Es braucht den Scope credential.get oder einen, der ihn enthält: all.Application, all.Organization, all.User, deren .read oder credential.*.</translation>
    </message>
    <message>
        <source>The credential is not there any more: somebody has deleted it, or its application.</source>
        <translation>Die Zugangsdaten sind nicht mehr da: Jemand hat sie oder ihre Anwendung gelöscht.</translation>
    </message>
    <message>
        <source>It has been changed since, maybe by what you sent before: what can be seen is as you want it. Nothing more was saved.</source>
        <translation>Sie wurden seitdem geändert, vielleicht durch das, was Sie zuvor gesendet haben: Was zu sehen ist, ist so, wie Sie es wollen. Mehr wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Somebody has changed it meanwhile. Nothing was saved.</source>
        <translation>Jemand hat sie inzwischen geändert. Nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>Nothing differs that can be seen: it may be a secret.</source>
        <translation>Nichts, was sich zeigen lässt, ist anders: Es kann ein Geheimnis sein.</translation>
    </message>
    <message>
        <source>%1 was saved, but the server has made something else of it.</source>
        <translation>%1 wurde gespeichert, aber der Server hat etwas anderes daraus gemacht.</translation>
    </message>
    <message>
        <source>Nothing is left to be saved: what is there now is as you want it, or has no room for what you changed.</source>
        <translation>Es bleibt nichts zu speichern: Was jetzt da ist, ist so, wie Sie es möchten, oder es hat keinen Platz für das, was Sie geändert haben.</translation>
    </message>
    <message>
        <source>The new key takes the place of the old one as soon as it is saved: workflows use it from then on. The old one can&apos;t be read back.</source>
        <translation>Der neue Schlüssel tritt an die Stelle des alten, sobald er gespeichert ist: Workflows verwenden ihn ab dann. Der alte lässt sich nicht zurücklesen.</translation>
    </message>
    <message>
        <source>The server does not show how this credential signs in, so what a new key of it consists of is not known. Edit it instead.</source>
        <translation>Der Server zeigt nicht, wie diese Zugangsdaten sich anmelden; woraus ein neuer Schlüssel bestünde, ist daher nicht bekannt. Bearbeiten Sie sie stattdessen.</translation>
    </message>
    <message>
        <source>The server can&apos;t be reached. Credenza keeps looking by itself, until you change something.</source>
        <translation>Der Server ist nicht erreichbar. Credenza sucht von selbst weiter, bis Sie etwas ändern.</translation>
    </message>
    <message>
        <source>Delete credential</source>
        <translation>Zugangsdaten löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the credential for good</source>
        <translation>Die Zugangsdaten endgültig löschen</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>Löschen läuft</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>Zugangsdaten werden gelöscht …</translation>
    </message>
    <message>
        <source>Looking whether it was deleted…</source>
        <translation>Es wird nachgesehen, ob sie gelöscht wurden …</translation>
    </message>
    <message>
        <source>Cancelled. Looking whether it was deleted…</source>
        <translation>Abgebrochen. Es wird nachgesehen, ob sie gelöscht wurden …</translation>
    </message>
    <message>
        <source>The answer was lost. Looking whether it was deleted…</source>
        <translation>Die Antwort ging verloren. Es wird nachgesehen, ob sie gelöscht wurden …</translation>
    </message>
    <message>
        <source>The server can&apos;t be reached. Credenza keeps looking by itself.</source>
        <translation>Der Server ist nicht erreichbar. Credenza sieht von selbst weiter nach.</translation>
    </message>
    <message>
        <source>Close, although it may have been deleted?</source>
        <translation>Schließen, obwohl die Zugangsdaten vielleicht gelöscht wurden?</translation>
    </message>
    <message>
        <source>The credential was not deleted.</source>
        <translation>Die Zugangsdaten wurden nicht gelöscht.</translation>
    </message>
    <message>
        <source>Cancelled. The credential was not deleted.</source>
        <translation>Abgebrochen. Die Zugangsdaten wurden nicht gelöscht.</translation>
    </message>
    <message>
        <source>The API token may show credentials here, but not delete them. It needs the scope credential.delete or one that includes it: all.Application, all.Organization, all.User or credential.*.</source>
        <translation>Das API-Token darf hier Zugangsdaten zeigen, aber keine löschen. Es braucht den Scope credential.delete oder einen, der ihn einschließt: all.Application, all.Organization, all.User oder credential.*.</translation>
    </message>
    <message>
        <source>It may have been deleted: you cancelled once it was sent, and whether it is gone could not be found out. Check again.</source>
        <translation>Die Zugangsdaten wurden möglicherweise gelöscht: Sie haben nach dem Senden abgebrochen, und ob sie weg sind, ließ sich nicht feststellen. Prüfen Sie erneut.</translation>
    </message>
    <message>
        <source>It may have been deleted: it was sent before you signed in again, and whether it is gone could not be found out. Check again.</source>
        <translation>Die Zugangsdaten wurden möglicherweise gelöscht: Die Anfrage wurde gesendet, bevor Sie sich erneut angemeldet haben, und ob sie weg sind, ließ sich nicht feststellen. Prüfen Sie erneut.</translation>
    </message>
    <message>
        <source>It may have been deleted: the server&apos;s answer does not tell, and whether it is gone could not be found out. Check again.</source>
        <translation>Die Zugangsdaten wurden möglicherweise gelöscht: Die Antwort des Servers verrät es nicht, und ob sie weg sind, ließ sich nicht feststellen. Prüfen Sie erneut.</translation>
    </message>
    <message>
        <source>It may have been deleted: the answer was lost, and whether it is gone could not be found out. Check again.</source>
        <translation>Die Zugangsdaten wurden möglicherweise gelöscht: Die Antwort ging verloren, und ob sie weg sind, ließ sich nicht feststellen. Prüfen Sie erneut.</translation>
    </message>
    <message>
        <source>Disable credential</source>
        <translation>Zugangsdaten deaktivieren</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Deaktivieren</translation>
    </message>
    <message>
        <source>Disable the credential</source>
        <translation>Die Zugangsdaten deaktivieren</translation>
    </message>
    <message>
        <source>%1 is marked as production. Workflows of %2 can use the credential at once.</source>
        <translation>%1 ist als Produktion gekennzeichnet. Workflows von %2 können die Zugangsdaten sofort verwenden.</translation>
    </message>
    <message>
        <source>Disable anyway</source>
        <translation>Trotzdem deaktivieren</translation>
    </message>
    <message>
        <source>Close, although it is not known whether %1 was disabled?</source>
        <translation>Schließen, obwohl nicht bekannt ist, ob %1 deaktiviert wurde?</translation>
    </message>
    <message>
        <source>%1 was not disabled.</source>
        <translation>%1 wurde nicht deaktiviert.</translation>
    </message>
    <message>
        <source>It was stopped before anything was sent.</source>
        <translation>Es wurde angehalten, bevor etwas gesendet war.</translation>
    </message>
    <message>
        <source>Stopped. %1 was not disabled: the server shows what was there before.</source>
        <translation>Angehalten. %1 wurde nicht deaktiviert: Der Server zeigt, was vorher da war.</translation>
    </message>
    <message>
        <source>The server took the change, but %1 is still enabled.</source>
        <translation>Der Server hat die Änderung angenommen, aber %1 ist weiterhin aktiviert.</translation>
    </message>
    <message>
        <source>%1 is disabled already, as you wanted. That may have been your own change.</source>
        <translation>%1 ist bereits deaktiviert, wie Sie es wollten. Das kann Ihre eigene Änderung gewesen sein.</translation>
    </message>
    <message>
        <source>%1 is disabled already: somebody else did that meanwhile.</source>
        <translation>%1 ist bereits deaktiviert: Das hat inzwischen jemand anderes getan.</translation>
    </message>
    <message>
        <source>%1 has changed meanwhile, perhaps by yourself. It was not disabled.</source>
        <translation>%1 wurde inzwischen geändert, vielleicht von Ihnen selbst. Es wurde nicht deaktiviert.</translation>
    </message>
    <message>
        <source>Somebody else has changed %1 meanwhile. It was not disabled.</source>
        <translation>Jemand anderes hat %1 inzwischen geändert. Es wurde nicht deaktiviert.</translation>
    </message>
    <message>
        <source>It may have been saved: whether %1 is disabled now could not be found out. Check again before you try once more.</source>
        <translation>Es kann gespeichert worden sein: Ob %1 jetzt deaktiviert ist, ließ sich nicht feststellen. Prüfen Sie erneut, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Enable in production</source>
        <translation>In der Produktion aktivieren</translation>
    </message>
    <message>
        <source>Enable anyway</source>
        <translation>Trotzdem aktivieren</translation>
    </message>
    <message>
        <source>Enable %1 in production?</source>
        <translation>%1 in der Produktion aktivieren?</translation>
    </message>
    <message>
        <source>Close, although it is not known whether %1 was enabled?</source>
        <translation>Schließen, obwohl nicht bekannt ist, ob %1 aktiviert wurde?</translation>
    </message>
    <message>
        <source>%1 was not enabled.</source>
        <translation>%1 wurde nicht aktiviert.</translation>
    </message>
    <message>
        <source>Stopped. %1 was not enabled: the server shows what was there before.</source>
        <translation>Angehalten. %1 wurde nicht aktiviert: Der Server zeigt, was vorher da war.</translation>
    </message>
    <message>
        <source>The server took the change, but %1 is still disabled.</source>
        <translation>Der Server hat die Änderung angenommen, aber %1 ist weiterhin deaktiviert.</translation>
    </message>
    <message>
        <source>%1 is enabled already, as you wanted. That may have been your own change.</source>
        <translation>%1 ist bereits aktiviert, wie Sie es wollten. Das kann Ihre eigene Änderung gewesen sein.</translation>
    </message>
    <message>
        <source>%1 is enabled already: somebody else did that meanwhile.</source>
        <translation>%1 ist bereits aktiviert: Das hat inzwischen jemand anderes getan.</translation>
    </message>
    <message>
        <source>%1 has changed meanwhile, perhaps by yourself. It was not enabled.</source>
        <translation>%1 wurde inzwischen geändert, vielleicht von Ihnen selbst. Es wurde nicht aktiviert.</translation>
    </message>
    <message>
        <source>Somebody else has changed %1 meanwhile. It was not enabled.</source>
        <translation>Jemand anderes hat %1 inzwischen geändert. Es wurde nicht aktiviert.</translation>
    </message>
    <message>
        <source>It may have been saved: whether %1 is enabled now could not be found out. Check again before you try once more.</source>
        <translation>Es kann gespeichert worden sein: Ob %1 jetzt aktiviert ist, ließ sich nicht feststellen. Prüfen Sie erneut, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The API token may show credentials here, but not change them. It needs the scopes credential.get and credential.patch, or one that includes both: all.Application, all.Organization, all.User or credential.*.</source>
        <translation>Das API-Token darf hier Zugangsdaten zeigen, aber nicht ändern. Es braucht die Scopes credential.get und credential.patch oder einen, der beide einschließt: all.Application, all.Organization, all.User oder credential.*.</translation>
    </message>
    <message>
        <source>The credential could not be loaded.</source>
        <translation>Die Zugangsdaten konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>It was changed meanwhile, with your account. Nothing was saved.</source>
        <translation>Sie wurde inzwischen mit Ihrem Konto geändert. Nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>“%1” keeps theirs where you changed nothing.</source>
        <translation>„%1“ lässt deren Werte stehen, wo Sie nichts geändert haben.</translation>
    </message>
    <message>
        <source>It may have been created: the API token was not accepted, and without another one that can&apos;t be found out. Check again and sign in before you create it once more.</source>
        <translation>Die Zugangsdaten wurden möglicherweise erstellt: Das API-Token wurde nicht akzeptiert, und ohne ein anderes lässt es sich nicht feststellen. Prüfen Sie erneut und melden Sie sich dabei an, bevor Sie sie noch einmal erstellen.</translation>
    </message>
    <message>
        <source>It may have been saved: the API token was not accepted, and without another one that can&apos;t be found out. Check again and sign in before you save it once more.</source>
        <translation>Die Zugangsdaten wurden möglicherweise gespeichert: Das API-Token wurde nicht akzeptiert, und ohne ein anderes lässt es sich nicht feststellen. Prüfen Sie erneut und melden Sie sich dabei an, bevor Sie sie noch einmal speichern.</translation>
    </message>
    <message>
        <source>It may have been deleted: the API token was not accepted, and without another one that can&apos;t be found out. Check again and sign in.</source>
        <translation>Die Zugangsdaten wurden möglicherweise gelöscht: Das API-Token wurde nicht akzeptiert, und ohne ein anderes lässt es sich nicht feststellen. Prüfen Sie erneut und melden Sie sich dabei an.</translation>
    </message>
    <message>
        <source>It may have been saved: the API token was not accepted, and without another one it can&apos;t be found out whether %1 is disabled now. Check again and sign in before you try once more.</source>
        <translation>Möglicherweise wurde es gespeichert: Das API-Token wurde nicht akzeptiert, und ohne ein anderes lässt sich nicht herausfinden, ob %1 jetzt deaktiviert ist. Sehen Sie noch einmal nach und melden Sie sich an, bevor Sie es erneut versuchen.</translation>
    </message>
    <message>
        <source>It may have been saved: the API token was not accepted, and without another one it can&apos;t be found out whether %1 is enabled now. Check again and sign in before you try once more.</source>
        <translation>Möglicherweise wurde es gespeichert: Das API-Token wurde nicht akzeptiert, und ohne ein anderes lässt sich nicht herausfinden, ob %1 jetzt aktiviert ist. Sehen Sie noch einmal nach und melden Sie sich an, bevor Sie es erneut versuchen.</translation>
    </message>
</context>
<context>
    <name>ConfigRows</name>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
</context>
<context>
    <name>ConflictPrompt</name>
    <message>
        <source>Load theirs</source>
        <translation>Andere Änderungen laden</translation>
    </message>
    <message>
        <source>Saves what you changed, upon what is there now</source>
        <translation>Speichert, was Sie geändert haben, auf dem Stand von jetzt</translation>
    </message>
    <message>
        <source>Shows what is there now in the fields that both of you changed</source>
        <translation>Zeigt in den Feldern, die beide geändert haben, was jetzt da ist</translation>
    </message>
</context>
<context>
    <name>ContentCoding</name>
    <message>
        <source>The answer was compressed, and is damaged or not whole.</source>
        <translation>Die Antwort war komprimiert und ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
        <source>The answer is larger than %1 MiB.</source>
        <translation>Die Antwort ist größer als %1 MiB.</translation>
    </message>
    <message>
        <source>The answer is compressed in a way that was not asked for.</source>
        <translation>Die Antwort ist auf eine Art komprimiert, um die nicht gebeten wurde.</translation>
    </message>
</context>
<context>
    <name>CredentialActions</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Rotate secret</source>
        <translation>Geheimnis rotieren</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Deaktivieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation>Zelle kopieren</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Copy ID</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Select a credential first</source>
        <translation>Wählen Sie zuerst Zugangsdaten aus</translation>
    </message>
    <message>
        <source>This profile is read only</source>
        <translation>Dieses Profil darf nur lesen</translation>
    </message>
    <message>
        <source>Only one credential can be changed at a time</source>
        <translation>Zugangsdaten lassen sich nur einzeln ändern</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Aktivieren</translation>
    </message>
    <message>
        <source>Change name, description and what the credential holds</source>
        <translation>Name, Beschreibung und Inhalt der Zugangsdaten ändern</translation>
    </message>
    <message>
        <source>Replace the secret by a new one</source>
        <translation>Das Geheimnis durch ein neues ersetzen</translation>
    </message>
    <message>
        <source>This version of Credenza does not know what the secret of this type consists of</source>
        <translation>Diese Version von Credenza weiß nicht, woraus das Geheimnis dieses Typs besteht</translation>
    </message>
    <message>
        <source>Keep the credential, but have every use of it fail</source>
        <translation>Die Zugangsdaten behalten, aber jede Verwendung scheitern lassen</translation>
    </message>
    <message>
        <source>Let the credential be used again</source>
        <translation>Die Zugangsdaten wieder verwenden lassen</translation>
    </message>
    <message>
        <source>Delete the credential for ever</source>
        <translation>Die Zugangsdaten endgültig löschen</translation>
    </message>
    <message>
        <source>Copy this cell&apos;s whole text, of a date the exact time</source>
        <translation>Den ganzen Text dieser Zelle kopieren, von einem Datum die genaue Zeit</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>Den Namen kopieren</translation>
    </message>
    <message>
        <source>Copy the ID</source>
        <translation>Die ID kopieren</translation>
    </message>
</context>
<context>
    <name>CredentialChanges</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Something else about it is not as it was: somebody may have changed it at the same moment. Look at the details.</source>
        <translation>Etwas anderes daran ist nicht mehr, wie es war: Vielleicht hat es jemand im selben Augenblick geändert. Sehen Sie in die Details.</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>What was changed does not show: it may be its secret.</source>
        <translation>Was geändert wurde, ist nicht zu sehen: Es kann das Geheimnis sein.</translation>
    </message>
    <message>
        <source>%1 is not there any more: somebody has deleted it.</source>
        <translation>%1 ist nicht mehr da: Jemand hat es gelöscht.</translation>
    </message>
    <message>
        <source>Another change is under way</source>
        <translation>Eine andere Änderung ist im Gang</translation>
    </message>
    <message>
        <source>Find out first what became of the last change: check again, or close its message</source>
        <translation>Klären Sie zuerst, was aus der letzten Änderung geworden ist: Prüfen Sie erneut, oder schließen Sie die Meldung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>The server&apos;s answer does not show it. Look at the details.</source>
        <translation>Die Antwort des Servers zeigt es nicht. Sehen Sie in den Einzelheiten nach.</translation>
    </message>
</context>
<context>
    <name>CredentialColumns</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Last updated</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>Erstellt von</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Inaktiv</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Ihnen</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>API token</source>
        <translation>API-Token</translation>
    </message>
    <message>
        <source>Last updated by</source>
        <translation>Zuletzt geändert von</translation>
    </message>
</context>
<context>
    <name>CredentialDetails</name>
    <message>
        <source>Credential details</source>
        <translation>Details der Zugangsdaten</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>Erstellt von</translation>
    </message>
    <message>
        <source>Last updated</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Application ID</source>
        <translation>Anwendungs-ID</translation>
    </message>
    <message>
        <source>Select a credential to see what is known of it.</source>
        <translation>Wählen Sie Zugangsdaten aus, um ihre Details zu sehen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Disabled: every use of it fails</source>
        <translation>Inaktiv: jede Verwendung schlägt fehl</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Secrets can&apos;t be read back: the platform keeps them for workflows alone.</source>
        <translation>Geheime Werte lassen sich nicht auslesen: Die Plattform bewahrt sie allein für Workflows auf.</translation>
    </message>
    <message>
        <source>Other values</source>
        <translation>Weitere Werte</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Too large to show: %1.</source>
        <translation>Zu groß, um angezeigt zu werden: %1.</translation>
    </message>
    <message>
        <source>The first %1 of %2 values, in a line each.</source>
        <translation>Die ersten %1 von %2 Werten, je eine Zeile.</translation>
    </message>
    <message>
        <source>Each value is shown in a line, which may be cut.</source>
        <translation>Jeder Wert steht in einer Zeile, die gekürzt sein kann.</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Verwendet von</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Weitere Aktionen</translation>
    </message>
    <message numerus="yes">
        <source>%n credentials selected</source>
        <translation>
            <numerusform>%n Zugangsdaten ausgewählt</numerusform>
            <numerusform>%n Zugangsdaten ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Last updated by</source>
        <translation>Zuletzt geändert von</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Expired: replace it.</source>
        <translation>Abgelaufen: Ersetzen Sie es.</translation>
    </message>
    <message>
        <source>Expires soon: replace it before then.</source>
        <translation>Läuft bald ab: Ersetzen Sie es vorher.</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
</context>
<context>
    <name>CredentialDialog</name>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Before that, look at: %1.</source>
        <translation>Prüfen Sie davor: %1.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Created %1</source>
        <translation>%1 wurde erstellt</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>It shows no new public key.</source>
        <translation>Er zeigt keinen neuen öffentlichen Schlüssel.</translation>
    </message>
    <message>
        <source>What you typed of the key was dropped, since theirs is another one.</source>
        <translation>Was Sie vom Schlüssel eingegeben hatten, wurde verworfen, da inzwischen ein anderer gesetzt ist.</translation>
    </message>
    <message>
        <source>Loading the credential…</source>
        <translation>Zugangsdaten werden geladen …</translation>
    </message>
</context>
<context>
    <name>CredentialForm</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Unique in the application: workflows refer to the credential by this name.</source>
        <translation>In der Anwendung eindeutig: Workflows verwenden diesen Namen.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>For people: what it is for, who to ask.</source>
        <translation>Für Menschen: wozu die Zugangsdaten dienen, wen man fragen kann.</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>A disabled credential is kept, but every use of it fails.</source>
        <translation>Inaktive Zugangsdaten bleiben erhalten, aber jede Verwendung schlägt fehl.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Now it is %1.</source>
        <translation>Jetzt ist es %1.</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Unverändert</translation>
    </message>
</context>
<context>
    <name>CredentialHeader</name>
    <message>
        <source>In the application %1</source>
        <translation>In der Anwendung %1</translation>
    </message>
    <message>
        <source>%1, in the application %2</source>
        <translation>%1, in der Anwendung %2</translation>
    </message>
    <message>
        <source>* required</source>
        <translation>* erforderlich</translation>
    </message>
</context>
<context>
    <name>CredentialTableLayout</name>
    <message>
        <source>Credentials</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>All credentials</source>
        <translation>Alle Zugangsdaten</translation>
    </message>
</context>
<context>
    <name>CredentialTableView</name>
    <message>
        <source>&amp;Fit this column to its content</source>
        <translation>&amp;Diese Spalte an den Inhalt anpassen</translation>
    </message>
    <message>
        <source>Fit &amp;all columns to their content</source>
        <translation>&amp;Alle Spalten an den Inhalt anpassen</translation>
    </message>
    <message>
        <source>&amp;Reset the columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
</context>
<context>
    <name>CredentialTypes</name>
    <message>
        <source>Access key ID</source>
        <translation>Zugriffsschlüssel-ID</translation>
    </message>
    <message>
        <source>In the AWS console under IAM, Users, Security credentials. Begins with AKIA.</source>
        <translation>In der AWS-Konsole unter IAM, Benutzer, Sicherheitsanmeldeinformationen. Beginnt mit AKIA.</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>Geheimer Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>Shown once by AWS, when the access key is created.</source>
        <translation>Wird von AWS nur einmal angezeigt, beim Erstellen des Zugriffsschlüssels.</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Where the service runs, for example us-east-1.</source>
        <translation>Wo der Dienst läuft, zum Beispiel us-east-1.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>The storage account&apos;s name, as in the Azure portal.</source>
        <translation>Der Name des Speicherkontos wie im Azure-Portal.</translation>
    </message>
    <message>
        <source>Account key</source>
        <translation>Kontoschlüssel</translation>
    </message>
    <message>
        <source>In the Azure portal under Storage account, Access keys.</source>
        <translation>Im Azure-Portal unter Speicherkonto, Zugriffsschlüssel.</translation>
    </message>
    <message>
        <source>Service account key</source>
        <translation>Dienstkontoschlüssel</translation>
    </message>
    <message>
        <source>The JSON file that Google Cloud offers under IAM, Service accounts, Keys.</source>
        <translation>Die JSON-Datei, die Google Cloud unter IAM, Dienstkonten, Schlüssel anbietet.</translation>
    </message>
    <message>
        <source>Service account key, without its private key</source>
        <translation>Dienstkontoschlüssel ohne den privaten Schlüssel</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Query parameter</source>
        <translation>Abfrageparameter</translation>
    </message>
    <message>
        <source>Basic authentication</source>
        <translation>Basic-Authentifizierung</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Clientzertifikat</translation>
    </message>
    <message>
        <source>Header name</source>
        <translation>Name des Headers</translation>
    </message>
    <message>
        <source>The header that carries the secret.</source>
        <translation>Der Header, der den geheimen Wert überträgt.</translation>
    </message>
    <message>
        <source>Parameter name</source>
        <translation>Name des Parameters</translation>
    </message>
    <message>
        <source>The query parameter that carries the secret.</source>
        <translation>Der Abfrageparameter, der den geheimen Wert überträgt.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Sent together with the password.</source>
        <translation>Wird zusammen mit dem Passwort gesendet.</translation>
    </message>
    <message>
        <source>Header value</source>
        <translation>Wert des Headers</translation>
    </message>
    <message>
        <source>The header&apos;s whole value, for example “Bearer …”.</source>
        <translation>Der ganze Wert des Headers, zum Beispiel „Bearer …“.</translation>
    </message>
    <message>
        <source>Parameter value</source>
        <translation>Wert des Parameters</translation>
    </message>
    <message>
        <source>The parameter&apos;s value, not URL-encoded.</source>
        <translation>Der Wert des Parameters, nicht URL-kodiert.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>The password that belongs to the user name.</source>
        <translation>Das Passwort zum Benutzernamen.</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>The client certificate, PEM. Followed by its chain if the server asks for it.</source>
        <translation>Das Clientzertifikat, PEM. Danach seine Zertifikatskette, falls der Server sie verlangt.</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>Privater Schlüssel</translation>
    </message>
    <message>
        <source>The certificate&apos;s private key, PEM, unencrypted.</source>
        <translation>Der private Schlüssel des Zertifikats, PEM, unverschlüsselt.</translation>
    </message>
    <message>
        <source>URI match</source>
        <translation>URI-Anfang</translation>
    </message>
    <message>
        <source>Requests to addresses that begin so may use the credential: scheme, host, then port and path if needed. No wildcards.</source>
        <translation>Anfragen an Adressen, die so beginnen, dürfen die Zugangsdaten verwenden: Schema, Host, bei Bedarf Port und Pfad. Keine Platzhalter.</translation>
    </message>
    <message>
        <source>Authentication method</source>
        <translation>Authentifizierung</translation>
    </message>
    <message>
        <source>Public value</source>
        <translation>Öffentlicher Wert</translation>
    </message>
    <message>
        <source>Secret value</source>
        <translation>Geheimer Wert</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>In SendGrid under Settings, API Keys. Shown once; begins with “SG.”.</source>
        <translation>In SendGrid unter Settings, API Keys. Wird nur einmal angezeigt; beginnt mit „SG.“.</translation>
    </message>
    <message>
        <source>Account SID</source>
        <translation>Account-SID</translation>
    </message>
    <message>
        <source>On the Twilio console&apos;s first page. Begins with AC.</source>
        <translation>Auf der ersten Seite der Twilio-Konsole. Beginnt mit AC.</translation>
    </message>
    <message>
        <source>API key SID</source>
        <translation>API-Schlüssel-SID</translation>
    </message>
    <message>
        <source>In the Twilio console under Account, API keys. Begins with SK.</source>
        <translation>In der Twilio-Konsole unter Account, API keys. Beginnt mit SK.</translation>
    </message>
    <message>
        <source>API key secret</source>
        <translation>API-Schlüssel-Geheimnis</translation>
    </message>
    <message>
        <source>Shown once by Twilio, when the API key is created.</source>
        <translation>Wird von Twilio nur einmal angezeigt, beim Erstellen des API-Schlüssels.</translation>
    </message>
    <message>
        <source>Customer token</source>
        <translation>Customer-Token</translation>
    </message>
    <message>
        <source>In Loggly under Source Setup, Customer Tokens.</source>
        <translation>In Loggly unter Source Setup, Customer Tokens.</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>HS signs with a shared secret, RS and ES sign with a private key.</source>
        <translation>HS signiert mit einem gemeinsamen Geheimnis, RS und ES signieren mit einem privaten Schlüssel.</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>The secret that signs the tokens; whoever checks them has the same one.</source>
        <translation>Das Geheimnis, mit dem die Tokens signiert werden; wer sie prüft, hat dasselbe.</translation>
    </message>
    <message>
        <source>The private key that signs the tokens, PEM, unencrypted.</source>
        <translation>Der private Schlüssel, mit dem die Tokens signiert werden, PEM, unverschlüsselt.</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>The tokens&apos; “iss” claim, if whoever checks them expects one.</source>
        <translation>Der Claim „iss“ der Tokens, falls die Gegenseite ihn erwartet.</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugriffstoken</translation>
    </message>
    <message>
        <source>A system user&apos;s token, in Meta Business settings under System users.</source>
        <translation>Das Token eines Systembenutzers, in den Meta-Unternehmenseinstellungen unter Systembenutzer.</translation>
    </message>
    <message>
        <source>From number ID</source>
        <translation>ID der Absendernummer</translation>
    </message>
    <message>
        <source>The phone number&apos;s ID, in the app&apos;s dashboard under WhatsApp, API Setup. Not the number itself.</source>
        <translation>Die ID der Telefonnummer, im Dashboard der App unter WhatsApp, API-Setup. Nicht die Nummer selbst.</translation>
    </message>
    <message>
        <source>Leave it as it is unless the server listens on another port.</source>
        <translation>Ändern Sie ihn nur, wenn der Server einen anderen Port verwendet.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Default (1433)</source>
        <translation>Standard (1433)</translation>
    </message>
    <message>
        <source>Default (3306)</source>
        <translation>Standard (3306)</translation>
    </message>
    <message>
        <source>Default (5432)</source>
        <translation>Standard (5432)</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>The kind of database server.</source>
        <translation>Die Art des Datenbankservers.</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>The server&apos;s name or IP address; it must be reachable from the internet.</source>
        <translation>Der Name oder die IP-Adresse des Servers; er muss aus dem Internet erreichbar sein.</translation>
    </message>
    <message>
        <source>Username</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>A database user, best one that may do no more than it has to.</source>
        <translation>Ein Datenbankbenutzer, am besten einer, der nur darf, was er muss.</translation>
    </message>
    <message>
        <source>The database user&apos;s password.</source>
        <translation>Das Passwort des Datenbankbenutzers.</translation>
    </message>
    <message>
        <source>Secure connection</source>
        <translation>Sichere Verbindung</translation>
    </message>
    <message>
        <source>Connect with TLS.</source>
        <translation>Verbindung mit TLS.</translation>
    </message>
    <message>
        <source>CA certificate</source>
        <translation>CA-Zertifikat</translation>
    </message>
    <message>
        <source>PEM, if the server&apos;s certificate comes from a private certificate authority.</source>
        <translation>PEM, falls das Zertifikat des Servers von einer privaten Zertifizierungsstelle stammt.</translation>
    </message>
    <message>
        <source>Disable SSL verification</source>
        <translation>SSL-Prüfung abschalten</translation>
    </message>
    <message>
        <source>Accept any certificate. Anybody in between can then read along.</source>
        <translation>Jedes Zertifikat wird akzeptiert. Wer dazwischen sitzt, kann dann mitlesen.</translation>
    </message>
    <message>
        <source>Connection URI</source>
        <translation>Verbindungs-URI</translation>
    </message>
    <message>
        <source>As MongoDB Atlas shows it under Connect, Drivers: mongodb+srv://user:password@host/database.</source>
        <translation>Wie MongoDB Atlas sie unter Connect, Drivers anzeigt: mongodb+srv://benutzer:passwort@host/datenbank.</translation>
    </message>
    <message>
        <source>In Mailgun under Account settings, API keys.</source>
        <translation>In Mailgun unter Account settings, API keys.</translation>
    </message>
    <message>
        <source>The account&apos;s address, for example abc12345.eu-central-1.snowflakecomputing.com.</source>
        <translation>Die Adresse des Kontos, zum Beispiel abc12345.eu-central-1.snowflakecomputing.com.</translation>
    </message>
    <message>
        <source>The Snowflake user that the key pair is registered with.</source>
        <translation>Der Snowflake-Benutzer, für den das Schlüsselpaar registriert ist.</translation>
    </message>
    <message>
        <source>Generate a private key</source>
        <translation>Privaten Schlüssel erzeugen</translation>
    </message>
    <message>
        <source>Losant makes a key pair and keeps the private key; you register the public key with Snowflake.</source>
        <translation>Losant erzeugt ein Schlüsselpaar und behält den privaten Schlüssel; den öffentlichen registrieren Sie bei Snowflake.</translation>
    </message>
    <message>
        <source>PEM, unencrypted; its public key is registered with the Snowflake user.</source>
        <translation>PEM, unverschlüsselt; der öffentliche Schlüssel dazu ist für den Snowflake-Benutzer registriert.</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>SSH key</source>
        <translation>SSH-Schlüssel</translation>
    </message>
    <message>
        <source>HTTP password</source>
        <translation>HTTP-Passwort</translation>
    </message>
    <message>
        <source>Clone URL</source>
        <translation>Klon-URL</translation>
    </message>
    <message>
        <source>The SSH address that the Git host offers for cloning.</source>
        <translation>Die SSH-Adresse, die der Git-Host zum Klonen anbietet.</translation>
    </message>
    <message>
        <source>The HTTPS address that the Git host offers for cloning.</source>
        <translation>Die HTTPS-Adresse, die der Git-Host zum Klonen anbietet.</translation>
    </message>
    <message>
        <source>The private half of a deploy key, PEM or OpenSSH, without a passphrase. Not needed if Losant generates one.</source>
        <translation>Die private Hälfte eines Deploy-Schlüssels, PEM oder OpenSSH, ohne Passphrase. Nicht nötig, wenn Losant einen erzeugt.</translation>
    </message>
    <message>
        <source>The password, or better a token that may do no more than it has to.</source>
        <translation>Das Passwort oder besser ein Token, das nur darf, was es muss.</translation>
    </message>
    <message>
        <source>Credential kind</source>
        <translation>Art der Zugangsdaten</translation>
    </message>
    <message>
        <source>Only if the clone URL does not name the user.</source>
        <translation>Nur wenn die Klon-URL den Benutzer nicht nennt.</translation>
    </message>
    <message>
        <source>Losant makes a key pair and keeps the private key; you add the public key as a deploy key.</source>
        <translation>Losant erzeugt ein Schlüsselpaar und behält den privaten Schlüssel; den öffentlichen fügen Sie als Deploy-Schlüssel hinzu.</translation>
    </message>
    <message>
        <source>Committer name</source>
        <translation>Name des Committers</translation>
    </message>
    <message>
        <source>Who commits are from, as the Git history shows it.</source>
        <translation>Von wem Commits stammen, wie es der Git-Verlauf zeigt.</translation>
    </message>
    <message>
        <source>Committer email</source>
        <translation>E-Mail des Committers</translation>
    </message>
    <message>
        <source>The address beside the committer&apos;s name.</source>
        <translation>Die Adresse neben dem Namen des Committers.</translation>
    </message>
    <message>
        <source>In Datadog under Organization settings, API keys.</source>
        <translation>In Datadog unter Organization settings, API keys.</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>The end of the address that you use Datadog at, for example datadoghq.eu.</source>
        <translation>Das Ende der Adresse, unter der Sie Datadog verwenden, zum Beispiel datadoghq.eu.</translation>
    </message>
    <message>
        <source>PEM: from BEGIN CERTIFICATE to END CERTIFICATE, those lines included.</source>
        <translation>PEM: von BEGIN CERTIFICATE bis END CERTIFICATE, einschließlich dieser Zeilen.</translation>
    </message>
    <message>
        <source>Common name</source>
        <translation>Allgemeiner Name (CN)</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Gültig ab</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Where the service expects the secret.</source>
        <translation>Wo der Dienst den geheimen Wert erwartet.</translation>
    </message>
    <message>
        <source>How Losant signs in to the Git host.</source>
        <translation>Wie sich Losant beim Git-Host anmeldet.</translation>
    </message>
    <message>
        <source>SQL database</source>
        <translation>SQL-Datenbank</translation>
    </message>
    <message>
        <source>Certificate key pair</source>
        <translation>Zertifikat-Schlüsselpaar</translation>
    </message>
    <message>
        <source>Store as cert authority</source>
        <translation>Als Zertifizierungsstelle speichern (storeAsCertAuthority)</translation>
    </message>
    <message>
        <source>As the API names it, which does not document what it does.</source>
        <translation>So nennt es die API; was es bewirkt, ist dort nicht dokumentiert.</translation>
    </message>
    <message>
        <source>Register this public key with the user that the credential is for. The private key stays with Losant.</source>
        <translation>Registrieren Sie diesen öffentlichen Schlüssel für den Benutzer, zu dem die Zugangsdaten gehören. Der private Schlüssel bleibt bei Losant.</translation>
    </message>
    <message>
        <source>Add this public key to the repository as a deploy key. The private key stays with Losant.</source>
        <translation>Fügen Sie diesen öffentlichen Schlüssel dem Repository als Deploy-Schlüssel hinzu. Der private Schlüssel bleibt bei Losant.</translation>
    </message>
</context>
<context>
    <name>CredentialsPage</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Open the application first in which to create it</source>
        <translation>Öffnen Sie zuerst die Anwendung, in der sie erstellt werden sollen</translation>
    </message>
</context>
<context>
    <name>DateText</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>vor %n Minute</numerusform>
            <numerusform>vor %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>vor %n Stunde</numerusform>
            <numerusform>vor %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>vor %n Tag</numerusform>
            <numerusform>vor %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>vor %n Monat</numerusform>
            <numerusform>vor %n Monaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>vor %n Jahr</numerusform>
            <numerusform>vor %n Jahren</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete “%1”?</source>
        <translation>„%1“ löschen?</translation>
    </message>
    <message>
        <source>Deleting it can&apos;t be undone: nobody can read its secret back. Every use of it fails from then on.</source>
        <translation>Das Löschen lässt sich nicht rückgängig machen: Die geheimen Werte kann niemand auslesen. Jede Verwendung schlägt von da an fehl.</translation>
    </message>
    <message>
        <source>Look whether it was deleted</source>
        <translation>Nachsehen, ob sie gelöscht wurden</translation>
    </message>
    <message>
        <source>Name of the credential</source>
        <translation>Name der Zugangsdaten</translation>
    </message>
    <message>
        <source>Disable instead</source>
        <translation>Stattdessen deaktivieren</translation>
    </message>
    <message>
        <source>Keep the credential, but let every use of it fail</source>
        <translation>Die Zugangsdaten behalten, aber jede Verwendung fehlschlagen lassen</translation>
    </message>
    <message>
        <source>%1 Type the name to delete the credential.</source>
        <translation>%1 Geben Sie den Namen ein, um die Zugangsdaten zu löschen.</translation>
    </message>
    <message>
        <source>It is not known where it is used. Type its name to delete it all the same.</source>
        <translation>Es ist nicht bekannt, wo sie verwendet werden. Geben Sie den Namen ein, um sie trotzdem zu löschen.</translation>
    </message>
    <message>
        <source>It is in use. Type its name to delete it all the same.</source>
        <translation>Sie werden verwendet. Geben Sie den Namen ein, um sie trotzdem zu löschen.</translation>
    </message>
    <message>
        <source>It could not be found out whether it is used. Type its name to delete it all the same.</source>
        <translation>Es ließ sich nicht feststellen, ob sie verwendet werden. Geben Sie den Namen ein, um sie trotzdem zu löschen.</translation>
    </message>
    <message>
        <source>It has no name: type its ID, %1.</source>
        <translation>Sie haben keinen Namen: Geben Sie die ID ein, %1.</translation>
    </message>
</context>
<context>
    <name>DisableDialog</name>
    <message>
        <source>Disable “%1”?</source>
        <translation>„%1“ deaktivieren?</translation>
    </message>
    <message>
        <source>Every use of it fails until it is enabled again.</source>
        <translation>Jede Verwendung schlägt fehl, bis sie wieder aktiviert werden.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>DoneBanner</name>
    <message>
        <source>Done message</source>
        <translation>Meldung über Erledigtes</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig machen</translation>
    </message>
    <message>
        <source>Undo this (%1)</source>
        <translation>Dies rückgängig machen (%1)</translation>
    </message>
    <message>
        <source>Show the new credential, the newest first</source>
        <translation>Die neuen Zugangsdaten zeigen, die neuesten zuerst</translation>
    </message>
    <message>
        <source>Created %1</source>
        <translation>%1 wurde erstellt</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Disabled %1</source>
        <translation>%1 wurde deaktiviert</translation>
    </message>
    <message>
        <source>Enabled %1</source>
        <translation>%1 wurde aktiviert</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>%1 wurde gelöscht</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>what was done to a credential, and in which application</comment>
        <translation>%1 in %2</translation>
    </message>
</context>
<context>
    <name>DraftValidator</name>
    <message>
        <source>At least %1 characters, not %2.</source>
        <translation>Mindestens %1 Zeichen, nicht %2.</translation>
    </message>
    <message>
        <source>At most %1 characters, not %2.</source>
        <translation>Höchstens %1 Zeichen, nicht %2.</translation>
    </message>
    <message>
        <source>This does not look like PEM, which begins with “-----BEGIN …-----”.</source>
        <translation>Das sieht nicht wie PEM aus, das mit „-----BEGIN …-----“ beginnt.</translation>
    </message>
    <message>
        <source>This does not look like a service account key file: JSON with “client_email” and “private_key”.</source>
        <translation>Das sieht nicht wie die Datei eines Dienstkontoschlüssels aus: JSON mit „client_email“ und „private_key“.</translation>
    </message>
    <message>
        <source>Access key IDs usually begin with AKIA or ASIA.</source>
        <translation>Zugriffsschlüssel-IDs beginnen meist mit AKIA oder ASIA.</translation>
    </message>
    <message>
        <source>Account SIDs usually begin with AC.</source>
        <translation>Account-SIDs beginnen meist mit AC.</translation>
    </message>
    <message>
        <source>API key SIDs usually begin with SK.</source>
        <translation>API-Schlüssel-SIDs beginnen meist mit SK.</translation>
    </message>
    <message>
        <source>Connection URIs usually begin with mongodb:// or mongodb+srv://.</source>
        <translation>Verbindungs-URIs beginnen meist mit mongodb:// oder mongodb+srv://.</translation>
    </message>
    <message>
        <source>“*” is taken literally here, not as a wildcard.</source>
        <translation>„*“ gilt hier wörtlich, nicht als Platzhalter.</translation>
    </message>
    <message>
        <source>Usually a web address such as https://api.example.com/.</source>
        <translation>Meist eine Webadresse wie https://api.example.com/.</translation>
    </message>
    <message>
        <source>There are blanks before or after the text.</source>
        <translation>Vor oder nach dem Text stehen Leerzeichen oder Zeilenumbrüche.</translation>
    </message>
    <message>
        <source>Choose the type of the credential.</source>
        <translation>Wählen Sie den Typ der Zugangsdaten.</translation>
    </message>
    <message>
        <source>This is the ID of a user, a role or the like. That of an access key begins with AKIA or ASIA.</source>
        <translation>Das ist die ID eines Benutzers, einer Rolle oder dergleichen. Die eines Zugriffsschlüssels beginnt mit AKIA oder ASIA.</translation>
    </message>
    <message>
        <source>Access key IDs usually have 20 characters: AKIA or ASIA, then 16 capital letters and digits.</source>
        <translation>IDs von Zugriffsschlüsseln haben normalerweise 20 Zeichen: AKIA oder ASIA, dann 16 Großbuchstaben und Ziffern.</translation>
    </message>
    <message>
        <source>This is an access key ID. The secret access key that belongs to it has 40 characters.</source>
        <translation>Das ist die ID eines Zugriffsschlüssels. Der geheime Schlüssel, der dazugehört, hat 40 Zeichen.</translation>
    </message>
    <message>
        <source>Names of storage accounts have 3 to 24 small letters and digits.</source>
        <translation>Namen von Speicherkonten haben 3 bis 24 Kleinbuchstaben und Ziffern.</translation>
    </message>
    <message>
        <source>Account keys usually have 88 characters and end in “==”.</source>
        <translation>Kontoschlüssel haben normalerweise 88 Zeichen und enden auf „==“.</translation>
    </message>
    <message>
        <source>API keys of SendGrid usually begin with “SG.”.</source>
        <translation>API-Schlüssel von SendGrid beginnen normalerweise mit „SG.“.</translation>
    </message>
    <message>
        <source>API keys of SendGrid usually have 69 characters in three parts, with dots between them. A part may be missing.</source>
        <translation>API-Schlüssel von SendGrid haben normalerweise 69 Zeichen in drei Teilen, mit Punkten dazwischen. Vielleicht fehlt ein Teil.</translation>
    </message>
    <message>
        <source>Account SIDs usually have 34 characters: AC, then 32 digits and letters from a to f.</source>
        <translation>Account-SIDs haben normalerweise 34 Zeichen: AC, dann 32 Ziffern und Buchstaben von a bis f.</translation>
    </message>
    <message>
        <source>API key SIDs usually have 34 characters: SK, then 32 digits and letters from a to f.</source>
        <translation>SIDs von API-Schlüsseln haben normalerweise 34 Zeichen: SK, dann 32 Ziffern und Buchstaben von a bis f.</translation>
    </message>
    <message>
        <source>This is a SID. The API key&apos;s secret is shown once, when the key is created.</source>
        <translation>Das ist eine SID. Das Geheimnis des API-Schlüssels wird einmal gezeigt, wenn der Schlüssel erstellt wird.</translation>
    </message>
    <message>
        <source>This is an address. The customer token is the part of it with four hyphens.</source>
        <translation>Das ist eine Adresse. Das Kunden-Token ist der Teil davon mit vier Bindestrichen.</translation>
    </message>
    <message>
        <source>Customer tokens usually have 36 characters, with hyphens: 8, 4, 4, 4 and 12 digits and letters from a to f.</source>
        <translation>Kunden-Token haben normalerweise 36 Zeichen, mit Bindestrichen: 8, 4, 4, 4 und 12 Ziffern und Buchstaben von a bis f.</translation>
    </message>
    <message>
        <source>This is an app&apos;s access token. A system user&apos;s usually begins with EAA.</source>
        <translation>Das ist das Zugriffstoken einer App. Das eines Systembenutzers beginnt normalerweise mit EAA.</translation>
    </message>
    <message>
        <source>Access tokens of WhatsApp usually begin with EAA.</source>
        <translation>Zugriffstoken von WhatsApp beginnen normalerweise mit EAA.</translation>
    </message>
    <message>
        <source>This looks like the phone number itself. What is needed is its ID, which is all digits.</source>
        <translation>Das sieht nach der Telefonnummer selbst aus. Gebraucht wird ihre ID, die nur aus Ziffern besteht.</translation>
    </message>
    <message>
        <source>The phone number&apos;s ID is all digits.</source>
        <translation>Die ID der Telefonnummer besteht nur aus Ziffern.</translation>
    </message>
    <message>
        <source>This is a public key, which only checks addresses. An API key is needed.</source>
        <translation>Das ist ein öffentlicher Schlüssel, der nur Adressen prüft. Gebraucht wird ein API-Schlüssel.</translation>
    </message>
    <message>
        <source>This looks like an application key, which has 40 characters. An API key has 32.</source>
        <translation>Das sieht nach einem Anwendungsschlüssel aus, der 40 Zeichen hat. Ein API-Schlüssel hat 32.</translation>
    </message>
    <message>
        <source>This is a client token. An API key is needed.</source>
        <translation>Das ist ein Client-Token. Gebraucht wird ein API-Schlüssel.</translation>
    </message>
    <message>
        <source>API keys of Datadog usually have 32 characters, digits and letters from a to f.</source>
        <translation>API-Schlüssel von Datadog haben normalerweise 32 Zeichen, Ziffern und Buchstaben von a bis f.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>These are the bullets of a field that hides its text: copy the text itself.</source>
        <translation>Das sind die Punkte eines Feldes, das seinen Text verbirgt: Kopieren Sie den Text selbst.</translation>
    </message>
    <message>
        <source>Probably not meant: %1.</source>
        <translation>Wohl nicht gemeint: %1.</translation>
    </message>
    <message numerus="yes">
        <source>There are %n more.</source>
        <translation>
            <numerusform>Es gibt noch %n weiteres.</numerusform>
            <numerusform>Es gibt noch %n weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>“Bearer” or “Basic” before it belongs to a header, not to the value itself.</source>
        <translation>„Bearer“ oder „Basic“ davor gehört zu einem Header, nicht zum Wert selbst.</translation>
    </message>
    <message>
        <source>Only the value belongs here, without the header&apos;s name.</source>
        <translation>Hierher gehört nur der Wert, ohne den Namen des Headers.</translation>
    </message>
    <message>
        <source>Only the value belongs here, without its name and “=”.</source>
        <translation>Hierher gehört nur der Wert, ohne seinen Namen und „=“.</translation>
    </message>
    <message>
        <source>There are quotes around the value.</source>
        <translation>Um den Wert stehen Anführungszeichen.</translation>
    </message>
    <message>
        <source>This is JSON. Only the value within it belongs here.</source>
        <translation>Das ist JSON. Hierher gehört nur der Wert darin.</translation>
    </message>
    <message>
        <source>There is nothing to be seen in this name.</source>
        <translation>In diesem Namen ist nichts zu sehen.</translation>
    </message>
    <message>
        <source>There is a password in the address, and everybody can read this field.</source>
        <translation>In der Adresse steht ein Passwort, und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>There is a password in the address, and everybody can read this field. It belongs into “%1”.</source>
        <translation>In der Adresse steht ein Passwort, und dieses Feld kann jeder lesen. Es gehört in „%1“.</translation>
    </message>
    <message>
        <source>There is a key in this connection string, and everybody can read this field.</source>
        <translation>In dieser Verbindungszeichenfolge steht ein Schlüssel, und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>There is a password in this connection string, and everybody can read this field.</source>
        <translation>In dieser Verbindungszeichenfolge steht ein Passwort, und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>There is a token (JWT) in here, and everybody can read this field.</source>
        <translation>Hier steht ein Token (JWT), und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>This looks like a secret access key, and everybody can read this field.</source>
        <translation>Das sieht nach einem geheimen Zugriffsschlüssel aus, und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>There seems to be a password in here, and everybody can read this field.</source>
        <translation>Hier scheint ein Passwort zu stehen, und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>This looks like a secret, and everybody can read this field.</source>
        <translation>Das sieht nach einem Geheimnis aus, und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>There is a token or key of %1 in here, and everybody can read this field.</source>
        <translation>Hier steht ein Token oder Schlüssel von %1, und dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>A user name has no colon. If what follows it is the password: everybody can read this field.</source>
        <translation>Ein Benutzername hat keinen Doppelpunkt. Falls danach das Passwort steht: Dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>Only the name belongs here. If what follows it is the secret: everybody can read this field.</source>
        <translation>Hierher gehört nur der Name. Falls danach das Geheimnis steht: Dieses Feld kann jeder lesen.</translation>
    </message>
    <message>
        <source>This address is known only on a computer or within its network: the platform can&apos;t reach it.</source>
        <translation>Diese Adresse ist nur auf einem Computer oder in seinem Netz bekannt: Die Plattform erreicht sie nicht.</translation>
    </message>
    <message>
        <source>Only the host&apos;s name belongs here, without what stands before and after it in an address.</source>
        <translation>Hierher gehört nur der Name des Hosts, ohne das, was in einer Adresse davor und danach steht.</translation>
    </message>
    <message>
        <source>Only the host&apos;s name belongs here, without a user.</source>
        <translation>Hierher gehört nur der Name des Hosts, ohne Benutzer.</translation>
    </message>
    <message>
        <source>Only the host&apos;s name belongs here: the platform takes no name of an instance, but the port that it listens on.</source>
        <translation>Hierher gehört nur der Name des Hosts: Die Plattform nimmt keinen Namen einer Instanz, aber den Port, an dem sie lauscht.</translation>
    </message>
    <message>
        <source>Only the host&apos;s name belongs here, without a port.</source>
        <translation>Hierher gehört nur der Name des Hosts, ohne Port.</translation>
    </message>
    <message>
        <source>A host&apos;s name has no blanks in it.</source>
        <translation>Der Name eines Hosts enthält keine Leerzeichen.</translation>
    </message>
    <message>
        <source>This is no host&apos;s name or IP address.</source>
        <translation>Das ist weder der Name eines Hosts noch eine IP-Adresse.</translation>
    </message>
    <message>
        <source>This is the address of Snowflake&apos;s web page. The account&apos;s own ends in “.snowflakecomputing.com”.</source>
        <translation>Das ist die Adresse der Webseite von Snowflake. Die des Kontos endet auf „.snowflakecomputing.com“.</translation>
    </message>
    <message>
        <source>An address with “privatelink” is known only within its network: the platform can&apos;t reach it.</source>
        <translation>Eine Adresse mit „privatelink“ ist nur in ihrem Netz bekannt: Die Plattform erreicht sie nicht.</translation>
    </message>
    <message>
        <source>Addresses of Snowflake accounts usually end in “.snowflakecomputing.com”.</source>
        <translation>Adressen von Snowflake-Konten enden normalerweise auf „.snowflakecomputing.com“.</translation>
    </message>
    <message>
        <source>This is the site&apos;s name. Its domain belongs here, for example datadoghq.eu.</source>
        <translation>Das ist der Name der Site. Hierher gehört ihre Domain, zum Beispiel datadoghq.eu.</translation>
    </message>
    <message>
        <source>Credenza does not know this site of Datadog. Those that it knows are like datadoghq.eu or us5.datadoghq.com.</source>
        <translation>Credenza kennt diese Site von Datadog nicht. Die ihm bekannten sind wie datadoghq.eu oder us5.datadoghq.com.</translation>
    </message>
    <message>
        <source>Only the end of the address belongs here, for example datadoghq.eu.</source>
        <translation>Hierher gehört nur das Ende der Adresse, zum Beispiel datadoghq.eu.</translation>
    </message>
    <message>
        <source>A clone URL has no blanks in it.</source>
        <translation>Eine Clone-URL enthält keine Leerzeichen.</translation>
    </message>
    <message>
        <source>This is an HTTPS address, which takes a password. With an SSH key it is like git@github.com:acme/flows.git.</source>
        <translation>Das ist eine HTTPS-Adresse, zu der ein Passwort gehört. Mit einem SSH-Schlüssel ist sie wie git@github.com:acme/flows.git.</translation>
    </message>
    <message>
        <source>This is an SSH address, which takes an SSH key. With a password it is like https://github.com/acme/flows.git.</source>
        <translation>Das ist eine SSH-Adresse, zu der ein SSH-Schlüssel gehört. Mit einem Passwort ist sie wie https://github.com/acme/flows.git.</translation>
    </message>
    <message>
        <source>Usually an address such as git@github.com:acme/flows.git.</source>
        <translation>Normalerweise eine Adresse wie git@github.com:acme/flows.git.</translation>
    </message>
    <message>
        <source>Usually an address such as https://github.com/acme/flows.git.</source>
        <translation>Normalerweise eine Adresse wie https://github.com/acme/flows.git.</translation>
    </message>
    <message>
        <source>There is no host in this address.</source>
        <translation>In dieser Adresse steht kein Host.</translation>
    </message>
    <message>
        <source>This looks like a page about the repository, not like its clone URL.</source>
        <translation>Das sieht nach einer Seite über das Repository aus, nicht nach seiner Clone-URL.</translation>
    </message>
    <message>
        <source>Over http:// the password is sent unencrypted. Use https://.</source>
        <translation>Über http:// wird das Passwort unverschlüsselt gesendet. Verwenden Sie https://.</translation>
    </message>
    <message>
        <source>There is a placeholder left in it, such as &lt;password&gt;: put the value itself in its place, without the angle brackets.</source>
        <translation>Darin ist ein Platzhalter wie &lt;password&gt; geblieben: Setzen Sie den Wert selbst ein, ohne die spitzen Klammern.</translation>
    </message>
    <message>
        <source>In the user&apos;s name and the password @ : / ? # [ ] and % have to be escaped: @ as %40, / as %2F and so on.</source>
        <translation>Im Benutzernamen und im Passwort müssen @ : / ? # [ ] und % kodiert sein: @ als %40, / als %2F und so weiter.</translation>
    </message>
    <message>
        <source>A connection URI has no blanks in it.</source>
        <translation>Eine Verbindungs-URI enthält keine Leerzeichen.</translation>
    </message>
    <message>
        <source>With mongodb+srv:// there is one host, without a port.</source>
        <translation>Mit mongodb+srv:// gibt es einen Host, ohne Port.</translation>
    </message>
    <message>
        <source>This is the region&apos;s name. Its code belongs here, for example us-east-1.</source>
        <translation>Das ist der Name der Region. Hierher gehört ihr Code, zum Beispiel us-east-1.</translation>
    </message>
    <message>
        <source>Codes of regions have small letters and hyphens, for example us-east-1.</source>
        <translation>Codes von Regionen haben Kleinbuchstaben und Bindestriche, zum Beispiel us-east-1.</translation>
    </message>
    <message>
        <source>This is a zone within a region. The region&apos;s code belongs here, for example us-east-1.</source>
        <translation>Das ist eine Zone in einer Region. Hierher gehört der Code der Region, zum Beispiel us-east-1.</translation>
    </message>
    <message>
        <source>Credenza does not know this region. It may be a new one.</source>
        <translation>Credenza kennt diese Region nicht. Vielleicht ist sie neu.</translation>
    </message>
    <message>
        <source>Codes of regions are like us-east-1.</source>
        <translation>Codes von Regionen sind wie us-east-1.</translation>
    </message>
    <message>
        <source>Only the storage account&apos;s name belongs here, which is the beginning of its address.</source>
        <translation>Hierher gehört nur der Name des Speicherkontos, der Anfang seiner Adresse.</translation>
    </message>
    <message>
        <source>This is a connection string. Only the AccountKey within it belongs here.</source>
        <translation>Das ist eine Verbindungszeichenfolge. Hierher gehört nur der AccountKey darin.</translation>
    </message>
    <message>
        <source>This is a shared access signature (SAS). The storage account&apos;s key is needed.</source>
        <translation>Das ist eine Shared Access Signature (SAS). Gebraucht wird der Schlüssel des Speicherkontos.</translation>
    </message>
    <message>
        <source>This looks like a token or key of %1.</source>
        <translation>Das sieht nach einem Token oder Schlüssel von %1 aus.</translation>
    </message>
    <message>
        <source>Only the address belongs here, without a name and angle brackets.</source>
        <translation>Hierher gehört nur die Adresse, ohne Namen und spitze Klammern.</translation>
    </message>
    <message>
        <source>Only the address belongs here.</source>
        <translation>Hierher gehört nur die Adresse.</translation>
    </message>
    <message>
        <source>Usually an email address such as ada@example.com.</source>
        <translation>Normalerweise eine E-Mail-Adresse wie ada@example.com.</translation>
    </message>
    <message>
        <source>Only the parameter&apos;s name belongs here, without “?”, “&amp;” and “=”.</source>
        <translation>Hierher gehört nur der Name des Parameters, ohne „?“, „&amp;“ und „=“.</translation>
    </message>
    <message>
        <source>Only the header&apos;s name belongs here, without a colon.</source>
        <translation>Hierher gehört nur der Name des Headers, ohne Doppelpunkt.</translation>
    </message>
    <message>
        <source>No header has such a name: it has letters, digits and hyphens.</source>
        <translation>Kein Header heißt so: Sein Name hat Buchstaben, Ziffern und Bindestriche.</translation>
    </message>
    <message>
        <source>This is the usual port of %1, not of %2.</source>
        <translation>Das ist der übliche Port von %1, nicht von %2.</translation>
    </message>
    <message>
        <source>There are the two characters “\n” in it in place of line breaks.</source>
        <translation>Statt Zeilenumbrüchen stehen darin die zwei Zeichen „\n“.</translation>
    </message>
    <message>
        <source>Its line breaks were lost.</source>
        <translation>Die Zeilenumbrüche sind verloren gegangen.</translation>
    </message>
    <message>
        <source>There are blanks in it in place of line breaks.</source>
        <translation>Statt Zeilenumbrüchen stehen darin Leerzeichen.</translation>
    </message>
    <message>
        <source>A line with BEGIN or END is missing.</source>
        <translation>Eine Zeile mit BEGIN oder END fehlt.</translation>
    </message>
    <message>
        <source>A line with BEGIN or END is not as it has to be.</source>
        <translation>Eine Zeile mit BEGIN oder END ist nicht, wie sie sein muss.</translation>
    </message>
    <message>
        <source>There is a name and “=” before it.</source>
        <translation>Davor stehen ein Name und „=“.</translation>
    </message>
    <message>
        <source>There are quotes around it.</source>
        <translation>Darum stehen Anführungszeichen.</translation>
    </message>
    <message>
        <source>It is encoded once more.</source>
        <translation>Der Text ist noch einmal kodiert.</translation>
    </message>
    <message>
        <source>There are invisible characters in it.</source>
        <translation>Darin stehen unsichtbare Zeichen.</translation>
    </message>
    <message>
        <source>There is text in it that does not belong there.</source>
        <translation>Darin steht Text, der nicht dorthin gehört.</translation>
    </message>
    <message>
        <source>There are blanks or empty lines in it.</source>
        <translation>Darin stehen Leerzeichen oder leere Zeilen.</translation>
    </message>
    <message>
        <source>The “=” at its end were lost.</source>
        <translation>Die „=“ am Ende sind verloren gegangen.</translation>
    </message>
    <message>
        <source>It has the line breaks of Windows, which some programs do not read.</source>
        <translation>Der Text hat Zeilenumbrüche von Windows, die manche Programme nicht lesen.</translation>
    </message>
    <message>
        <source>The line break at its end is missing, which some programs need.</source>
        <translation>Der Zeilenumbruch am Ende fehlt, den manche Programme brauchen.</translation>
    </message>
    <message>
        <source>It is not written as PEM has to be.</source>
        <translation>Der Text ist nicht geschrieben, wie PEM es sein muss.</translation>
    </message>
    <message>
        <source>This is a certificate. The private key belongs here.</source>
        <translation>Das ist ein Zertifikat. Hierher gehört der private Schlüssel.</translation>
    </message>
    <message>
        <source>This is a request for a certificate. The private key belongs here.</source>
        <translation>Das ist ein Zertifikatsantrag. Hierher gehört der private Schlüssel.</translation>
    </message>
    <message>
        <source>This is a request for a certificate. The certificate belongs here that the authority has made of it.</source>
        <translation>Das ist ein Zertifikatsantrag. Hierher gehört das Zertifikat, das die Zertifizierungsstelle daraus gemacht hat.</translation>
    </message>
    <message>
        <source>This is a public key. The private key belongs here.</source>
        <translation>Das ist ein öffentlicher Schlüssel. Hierher gehört der private.</translation>
    </message>
    <message>
        <source>This is a public key. The certificate belongs here.</source>
        <translation>Das ist ein öffentlicher Schlüssel. Hierher gehört das Zertifikat.</translation>
    </message>
    <message>
        <source>These are certificates in an envelope (PKCS#7). “openssl pkcs7 -print_certs” takes them out.</source>
        <translation>Das sind Zertifikate in einem Umschlag (PKCS#7). „openssl pkcs7 -print_certs“ nimmt sie heraus.</translation>
    </message>
    <message>
        <source>This is a list of revoked certificates.</source>
        <translation>Das ist eine Liste gesperrter Zertifikate.</translation>
    </message>
    <message>
        <source>These are parameters only, without a key.</source>
        <translation>Das sind nur Parameter, ohne Schlüssel.</translation>
    </message>
    <message>
        <source>The key has a passphrase, for which the platform can&apos;t ask. “ssh-keygen -p” takes it off.</source>
        <translation>Der Schlüssel hat eine Passphrase, nach der die Plattform nicht fragen kann. „ssh-keygen -p“ entfernt sie.</translation>
    </message>
    <message>
        <source>The key has a passphrase, for which the platform can&apos;t ask. “openssl pkey -in FILE” writes it without.</source>
        <translation>Der Schlüssel hat eine Passphrase, nach der die Plattform nicht fragen kann. „openssl pkey -in FILE“ schreibt ihn ohne.</translation>
    </message>
    <message>
        <source>This is a key in PuTTY&apos;s format. PuTTYgen exports it as an OpenSSH key.</source>
        <translation>Das ist ein Schlüssel im Format von PuTTY. PuTTYgen exportiert ihn als OpenSSH-Schlüssel.</translation>
    </message>
    <message>
        <source>This is a key as JSON (JWK). It has to be PEM.</source>
        <translation>Das ist ein Schlüssel als JSON (JWK). Er muss PEM sein.</translation>
    </message>
    <message>
        <source>This is a PKCS#12 file. “openssl pkcs12 -nodes” makes PEM of it.</source>
        <translation>Das ist eine PKCS#12-Datei. „openssl pkcs12 -nodes“ macht PEM daraus.</translation>
    </message>
    <message>
        <source>This is a Java key store. The key has to be PEM.</source>
        <translation>Das ist ein Java-Schlüsselspeicher. Der Schlüssel muss PEM sein.</translation>
    </message>
    <message>
        <source>This is a key in another program&apos;s format. It has to be PEM.</source>
        <translation>Das ist ein Schlüssel im Format eines anderen Programms. Er muss PEM sein.</translation>
    </message>
    <message>
        <source>This can&apos;t be read: a part may be missing or changed. Copy the whole file.</source>
        <translation>Das lässt sich nicht lesen: Vielleicht fehlt ein Teil oder ist verändert. Kopieren Sie die ganze Datei.</translation>
    </message>
    <message>
        <source>The key has %1 bits only, which is weak: servers may refuse it.</source>
        <translation>Der Schlüssel hat nur %1 Bit und ist damit schwach: Server können ihn ablehnen.</translation>
    </message>
    <message>
        <source>For %1 the secret should have at least %2 bytes, as the hash has.</source>
        <translation>Für %1 sollte das Geheimnis mindestens %2 Byte haben, wie der Hash.</translation>
    </message>
    <message>
        <source>%1 signs with a shared secret, and this is PEM. With a private key choose RS or ES.</source>
        <translation>%1 signiert mit einem gemeinsamen Geheimnis, und das ist PEM. Wählen Sie mit einem privaten Schlüssel RS oder ES.</translation>
    </message>
    <message>
        <source>This key does not fit %1: RS takes an RSA key, ES one on an elliptic curve.</source>
        <translation>Dieser Schlüssel passt nicht zu %1: RS braucht einen RSA-Schlüssel, ES einen auf einer elliptischen Kurve.</translation>
    </message>
    <message>
        <source>This key&apos;s curve does not fit %1: ES256 takes P-256, ES384 P-384 and ES512 P-521.</source>
        <translation>Die Kurve dieses Schlüssels passt nicht zu %1: ES256 braucht P-256, ES384 P-384 und ES512 P-521.</translation>
    </message>
    <message>
        <source>For %1 the key has to have at least 2048 bits.</source>
        <translation>Für %1 muss der Schlüssel mindestens 2048 Bit haben.</translation>
    </message>
    <message>
        <source>This is a key in OpenSSH&apos;s own format. “ssh-keygen -p -m PKCS8 -f FILE” makes PEM of it.</source>
        <translation>Das ist ein Schlüssel im eigenen Format von OpenSSH. „ssh-keygen -p -m PKCS8 -f FILE“ macht PEM daraus.</translation>
    </message>
    <message>
        <source>This key does not belong to the certificate.</source>
        <translation>Dieser Schlüssel gehört nicht zum Zertifikat.</translation>
    </message>
    <message>
        <source>A certificate in here has expired, on %1.</source>
        <translation>Ein Zertifikat hier ist abgelaufen, am %1.</translation>
    </message>
    <message>
        <source>A certificate in here is not valid before %1.</source>
        <translation>Ein Zertifikat hier gilt nicht vor dem %1.</translation>
    </message>
    <message>
        <source>A certificate in here expires soon, on %1.</source>
        <translation>Ein Zertifikat hier läuft bald ab, am %1.</translation>
    </message>
    <message>
        <source>This is no certificate of an authority. That of the authority is needed which signed the server&apos;s.</source>
        <translation>Das ist kein Zertifikat einer Zertifizierungsstelle. Gebraucht wird das der Stelle, die das des Servers signiert hat.</translation>
    </message>
    <message>
        <source>The certificates are in the wrong order: each has to be followed by that of its issuer.</source>
        <translation>Die Zertifikate stehen in der falschen Reihenfolge: Auf jedes muss das seines Ausstellers folgen.</translation>
    </message>
    <message>
        <source>A certificate is signed with %1, which is weak: servers may refuse it.</source>
        <translation>Ein Zertifikat ist mit %1 signiert, was schwach ist: Server können es ablehnen.</translation>
    </message>
    <message>
        <source>A part of the service account key is missing: it has “type”, “client_email” and “private_key”.</source>
        <translation>Vom Dienstkontoschlüssel fehlt ein Teil: Er hat „type“, „client_email“ und „private_key“.</translation>
    </message>
    <message>
        <source>The private key within it has a passphrase, for which the platform can&apos;t ask.</source>
        <translation>Der private Schlüssel darin hat eine Passphrase, nach der die Plattform nicht fragen kann.</translation>
    </message>
    <message>
        <source>The private key within it can&apos;t be read. Use the file as Google offered it.</source>
        <translation>Der private Schlüssel darin lässt sich nicht lesen. Verwenden Sie die Datei, wie Google sie angeboten hat.</translation>
    </message>
    <message>
        <source>This is an OAuth client of Google Cloud, not a service account key.</source>
        <translation>Das ist ein OAuth-Client von Google Cloud, kein Dienstkontoschlüssel.</translation>
    </message>
    <message>
        <source>These are a person&apos;s credentials, as gcloud keeps them, not a service account key.</source>
        <translation>Das sind die Zugangsdaten einer Person, wie gcloud sie aufbewahrt, kein Dienstkontoschlüssel.</translation>
    </message>
    <message>
        <source>This only leads to a service account. A key of the service account is needed.</source>
        <translation>Das führt nur zu einem Dienstkonto. Gebraucht wird ein Schlüssel des Dienstkontos.</translation>
    </message>
    <message>
        <source>This is the configuration of a Firebase app, not a service account key.</source>
        <translation>Das ist die Konfiguration einer Firebase-App, kein Dienstkontoschlüssel.</translation>
    </message>
    <message>
        <source>This is PEM. The whole JSON file is needed that Google offers.</source>
        <translation>Das ist PEM. Gebraucht wird die ganze JSON-Datei, die Google anbietet.</translation>
    </message>
    <message>
        <source>This is an API key of Google, not a service account key.</source>
        <translation>Das ist ein API-Schlüssel von Google, kein Dienstkontoschlüssel.</translation>
    </message>
    <message>
        <source>This JSON can&apos;t be read: a part may be missing. Copy the whole file.</source>
        <translation>Dieses JSON lässt sich nicht lesen: Vielleicht fehlt ein Teil. Kopieren Sie die ganze Datei.</translation>
    </message>
    <message>
        <source>This is a key or certificate (PEM), which does not belong here.</source>
        <translation>Das ist ein Schlüssel oder Zertifikat (PEM), das nicht hierher gehört.</translation>
    </message>
    <message>
        <source>There is a private key in here, and everybody can read this field. Take it out.</source>
        <translation>Hier steht ein privater Schlüssel, und dieses Feld kann jeder lesen. Nehmen Sie ihn heraus.</translation>
    </message>
    <message>
        <source>There is a private key in here, and everybody can read this field. It belongs into “%1”.</source>
        <translation>Hier steht ein privater Schlüssel, und dieses Feld kann jeder lesen. Er gehört in „%1“.</translation>
    </message>
    <message>
        <source>Enter the access key ID.</source>
        <translation>Geben Sie die Zugriffsschlüssel-ID ein.</translation>
    </message>
    <message>
        <source>Enter the secret access key.</source>
        <translation>Geben Sie den geheimen Zugriffsschlüssel ein.</translation>
    </message>
    <message>
        <source>Enter the region.</source>
        <translation>Geben Sie die Region ein.</translation>
    </message>
    <message>
        <source>Enter the account key.</source>
        <translation>Geben Sie den Kontoschlüssel ein.</translation>
    </message>
    <message>
        <source>Paste the service account key, or open its file.</source>
        <translation>Fügen Sie den Dienstkontoschlüssel ein, oder öffnen Sie seine Datei.</translation>
    </message>
    <message>
        <source>Enter the header value.</source>
        <translation>Geben Sie den Wert des Headers ein.</translation>
    </message>
    <message>
        <source>Enter the parameter value.</source>
        <translation>Geben Sie den Wert des Parameters ein.</translation>
    </message>
    <message>
        <source>Enter the password.</source>
        <translation>Geben Sie das Passwort ein.</translation>
    </message>
    <message>
        <source>Enter the URI match: how the addresses begin.</source>
        <translation>Geben Sie ein, womit die Adressen beginnen.</translation>
    </message>
    <message>
        <source>Paste the private key, or open its file.</source>
        <translation>Fügen Sie den privaten Schlüssel ein, oder öffnen Sie seine Datei.</translation>
    </message>
    <message>
        <source>Enter the API key.</source>
        <translation>Geben Sie den API-Schlüssel ein.</translation>
    </message>
    <message>
        <source>Enter the account SID.</source>
        <translation>Geben Sie die Account-SID ein.</translation>
    </message>
    <message>
        <source>Enter the API key SID.</source>
        <translation>Geben Sie die API-Schlüssel-SID ein.</translation>
    </message>
    <message>
        <source>Enter the API key secret.</source>
        <translation>Geben Sie das API-Schlüssel-Geheimnis ein.</translation>
    </message>
    <message>
        <source>Enter the customer token.</source>
        <translation>Geben Sie das Customer-Token ein.</translation>
    </message>
    <message>
        <source>Enter the secret.</source>
        <translation>Geben Sie das Geheimnis ein.</translation>
    </message>
    <message>
        <source>Enter the access token.</source>
        <translation>Geben Sie das Zugriffstoken ein.</translation>
    </message>
    <message>
        <source>Enter the from number ID.</source>
        <translation>Geben Sie die ID der Absendernummer ein.</translation>
    </message>
    <message>
        <source>Enter the host.</source>
        <translation>Geben Sie den Host ein.</translation>
    </message>
    <message>
        <source>Enter the username.</source>
        <translation>Geben Sie den Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Enter the connection URI.</source>
        <translation>Geben Sie die Verbindungs-URI ein.</translation>
    </message>
    <message>
        <source>Paste the private key, open its file, or let Losant generate one.</source>
        <translation>Fügen Sie den privaten Schlüssel ein, öffnen Sie seine Datei, oder lassen Sie Losant einen erzeugen.</translation>
    </message>
    <message>
        <source>Enter the clone URL.</source>
        <translation>Geben Sie die Klon-URL ein.</translation>
    </message>
    <message>
        <source>Paste the certificate, or open its file.</source>
        <translation>Fügen Sie das Zertifikat ein, oder öffnen Sie seine Datei.</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>Wählen Sie etwas aus der Liste.</translation>
    </message>
    <message>
        <source>Enter a name.</source>
        <translation>Geben Sie einen Namen ein.</translation>
    </message>
    <message>
        <source>Enter a whole number.</source>
        <translation>Geben Sie eine ganze Zahl ein.</translation>
    </message>
    <message>
        <source>Enter a number between %1 and %2.</source>
        <translation>Geben Sie eine Zahl von %1 bis %2 ein.</translation>
    </message>
    <message>
        <source>This can be changed, but not removed: the platform takes no empty value.</source>
        <translation>Das lässt sich ändern, aber nicht entfernen: Die Plattform nimmt keinen leeren Wert an.</translation>
    </message>
    <message>
        <source>%1 takes RSA keys only.</source>
        <translation>%1 nimmt nur RSA-Schlüssel.</translation>
    </message>
    <message>
        <source>This is the key that is there already. Enter the new one.</source>
        <translation>Das ist der Schlüssel, der schon da ist. Geben Sie den neuen ein.</translation>
    </message>
</context>
<context>
    <name>EditConflict</name>
    <message>
        <source>%1: they have set another one.</source>
        <translation>%1: Jemand hat einen anderen Wert gesetzt.</translation>
    </message>
    <message>
        <source>%1: yours is %2, theirs %3.</source>
        <translation>%1: Ihres ist %2, das andere %3.</translation>
    </message>
    <message>
        <source>%1: theirs is %2, it was %3 and you left it so.</source>
        <translation>%1: Jetzt ist es %2, vorher war es %3, und Sie haben es so gelassen.</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Error message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The server has had too many requests. Wait a moment, then try again.</source>
        <translation>Der Server hat zu viele Anfragen erhalten. Warten Sie einen Moment und versuchen Sie es dann erneut.</translation>
    </message>
    <message numerus="yes">
        <source>The server has had too many requests. Try again in %n second(s).</source>
        <translation>
            <numerusform>Der Server hat zu viele Anfragen erhalten. Versuchen Sie es in %n Sekunde erneut.</numerusform>
            <numerusform>Der Server hat zu viele Anfragen erhalten. Versuchen Sie es in %n Sekunden erneut.</numerusform>
        </translation>
    </message>
    <message>
        <source>The server closed the connection without a whole answer. Try again.</source>
        <translation>Der Server hat die Verbindung ohne vollständige Antwort beendet. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The server can&apos;t be reached. Check the network connection, then try again.</source>
        <translation>Der Server ist nicht erreichbar. Prüfen Sie die Netzwerkverbindung und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The server does not answer. Try again later.</source>
        <translation>Der Server antwortet nicht. Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>The API token is not accepted: it may have expired or been revoked. Sign in with another one.</source>
        <translation>Das API-Token wird nicht akzeptiert: Vielleicht ist es abgelaufen oder wurde widerrufen. Melden Sie sich mit einem anderen an.</translation>
    </message>
    <message>
        <source>The API token does not permit this. Sign in with one that has the scope for it.</source>
        <translation>Das API-Token erlaubt dies nicht. Melden Sie sich mit einem an, das den Scope dafür hat.</translation>
    </message>
    <message>
        <source>The server has failed (%1). Try again later.</source>
        <translation>Beim Server ist ein Fehler aufgetreten (%1). Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>The server gave an unexpected answer (%1). Check that the server URL is that of a Losant API.</source>
        <translation>Der Server hat unerwartet geantwortet (%1). Prüfen Sie, ob die Server-URL zu einer Losant-API gehört.</translation>
    </message>
    <message>
        <source>The server&apos;s answer can&apos;t be read. Check that the server URL is that of a Losant API, and that no login page of a network is in between.</source>
        <translation>Die Antwort des Servers ist nicht lesbar. Prüfen Sie, ob die Server-URL zu einer Losant-API gehört und ob keine Anmeldeseite eines Netzwerks dazwischenliegt.</translation>
    </message>
    <message>
        <source>The server says: “%1”</source>
        <translation>Der Server meldet: „%1“</translation>
    </message>
    <message>
        <source>The server refuses this: it conflicts with what is there by now. Refresh, then try again.</source>
        <translation>Der Server lehnt das ab: Es verträgt sich nicht mit dem, was inzwischen dort ist. Aktualisieren Sie und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The server refuses this: it is too large. Shorten it, then try again.</source>
        <translation>Der Server lehnt das ab: Es ist zu groß. Kürzen Sie es und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The server refuses this. Change what is wrong, then try again.</source>
        <translation>Der Server lehnt das ab. Ändern Sie, was nicht stimmt, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The network asks you to sign in to it first (511). Open any page in a web browser to do so, then try again.</source>
        <translation>Das Netzwerk verlangt, dass Sie sich zuerst bei ihm anmelden (511). Öffnen Sie dazu irgendeine Seite in einem Browser und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The server points to another address (%1), which is not followed. Check the server URL. It may also be the login page of a network: open any page in a web browser to see.</source>
        <translation>Der Server verweist auf eine andere Adresse (%1); dorthin wird nicht gegangen. Prüfen Sie die Server-URL. Es kann auch die Anmeldeseite eines Netzwerks sein: Öffnen Sie irgendeine Seite in einem Browser, um das zu sehen.</translation>
    </message>
    <message>
        <source>The connection is not safe: the server could not prove who it is. Nothing was sent. Check the server URL, or ask whoever runs the server.</source>
        <translation>Die Verbindung ist nicht sicher: Der Server konnte sich nicht ausweisen. Es wurde nichts gesendet. Prüfen Sie die Server-URL oder fragen Sie, wer den Server betreibt.</translation>
    </message>
    <message>
        <source>This does not exist on the server, or no longer. Refresh to see what does.</source>
        <translation>Das gibt es auf dem Server nicht oder nicht mehr. Aktualisieren Sie, um zu sehen, was es gibt.</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>Es wurde nichts gesendet.</translation>
    </message>
    <message numerus="yes">
        <source>The server has had too many requests. Try again in %n minute(s).</source>
        <translation>
            <numerusform>Der Server hat zu viele Anfragen erhalten. Versuchen Sie es in %n Minute erneut.</numerusform>
            <numerusform>Der Server hat zu viele Anfragen erhalten. Versuchen Sie es in %n Minuten erneut.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server has had too many requests. Try again in %n hour(s).</source>
        <translation>
            <numerusform>Der Server hat zu viele Anfragen erhalten. Versuchen Sie es in %n Stunde erneut.</numerusform>
            <numerusform>Der Server hat zu viele Anfragen erhalten. Versuchen Sie es in %n Stunden erneut.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was sent, as you have signed out in another window of Credenza. Sign in again.</source>
        <translation>Es wurde nichts gesendet, da Sie sich in einem anderen Fenster von Credenza abgemeldet haben. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Is the server URL right? Nothing that was asked for is there (404). Most URLs are https:// and a host, with no path behind it.</source>
        <translation>Stimmt die Server-URL? Nichts, wonach gefragt wurde, gibt es dort (404). Die meisten URLs sind https:// und ein Host, ohne einen Pfad dahinter.</translation>
    </message>
    <message>
        <source>The API token was not accepted when this was sent, but one is by now: try again.</source>
        <translation>Das API-Token wurde nicht akzeptiert, als dies gesendet wurde; inzwischen wird eines akzeptiert: Versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>Expiry</name>
    <message>
        <source>in less than a day</source>
        <translation>in weniger als einem Tag</translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n Tag</numerusform>
            <numerusform>in %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>in %n month(s)</source>
        <translation>
            <numerusform>in %n Monat</numerusform>
            <numerusform>in %n Monaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n year(s)</source>
        <translation>
            <numerusform>in %n Jahr</numerusform>
            <numerusform>in %n Jahren</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Error message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Done message</source>
        <translation>Erledigt-Meldung</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln credential(s), in the order in which they are shown. No secret is among what is written: the platform does not tell them.</source>
        <translation>
            <numerusform>%Ln Zugangsdaten, in der gezeigten Reihenfolge. Kein Geheimnis ist unter dem, was geschrieben wird: Die Plattform gibt sie nicht preis.</numerusform>
            <numerusform>%Ln Zugangsdaten, in der gezeigten Reihenfolge. Kein Geheimnis ist unter dem, was geschrieben wird: Die Plattform gibt sie nicht preis.</numerusform>
        </translation>
    </message>
    <message>
        <source>Some credentials have not been read, and are missing.</source>
        <translation>Einige Zugangsdaten wurden nicht gelesen und fehlen.</translation>
    </message>
    <message>
        <source>About the file</source>
        <translation>Zur Datei</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>credentials</source>
        <translation>zugangsdaten</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose where to write, and how</source>
        <translation>Wählen, wohin geschrieben wird, und wie</translation>
    </message>
    <message>
        <source>Spreadsheets (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Give the file a name that ends in .csv or .json.</source>
        <translation>Geben Sie der Datei einen Namen, der auf .csv oder .json endet.</translation>
    </message>
    <message>
        <source>The columns that are shown. Text that a spreadsheet would run as a formula, as it begins with =, +, - or @, gets an apostrophe before it.</source>
        <translation>Die Spalten, die gezeigt werden. Text, den eine Tabellenkalkulation als Formel ausführen würde, weil er mit =, +, - oder @ beginnt, bekommt einen Apostroph davor.</translation>
    </message>
    <message>
        <source>The file is there already, and will be replaced.</source>
        <translation>Die Datei gibt es schon, sie wird ersetzt.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln credential(s) written to “%1”.</source>
        <translation>
            <numerusform>%Ln Zugangsdaten in „%1“ geschrieben.</numerusform>
            <numerusform>%Ln Zugangsdaten in „%1“ geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>It was stopped. Nothing was written.</source>
        <translation>Es wurde angehalten. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>“%1” could not be written: %2. Choose another place.</source>
        <translation>„%1“ konnte nicht geschrieben werden: %2. Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>Die Datei schreiben</translation>
    </message>
    <message>
        <source>What all columns can show of each credential, hidden columns too.</source>
        <translation>Was alle Spalten zeigen können, auch verborgene.</translation>
    </message>
</context>
<context>
    <name>FieldEditor</name>
    <message>
        <source>Trim</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>%1 problem</source>
        <translation>Problem bei „%1“</translation>
    </message>
    <message>
        <source>Removes the blanks around %1</source>
        <translation>Entfernt Leerzeichen und Zeilenumbrüche am Rand von „%1“</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>Bereinigen</translation>
    </message>
    <message>
        <source>Removes these characters from %1, or puts plain ones in their place</source>
        <translation>Entfernt diese Zeichen aus %1 oder setzt einfache an ihre Stelle</translation>
    </message>
    <message>
        <source>Keep the value</source>
        <translation>Wert behalten</translation>
    </message>
    <message>
        <source>Removes what is around the value of %1</source>
        <translation>Entfernt, was um den Wert von %1 herum steht</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen…</translation>
    </message>
    <message>
        <source>Shows what would change in %1, and restores it</source>
        <translation>Zeigt, was sich in %1 ändern würde, und stellt es wieder her</translation>
    </message>
    <message>
        <source>Move to %1</source>
        <translation>In %1 verschieben</translation>
    </message>
    <message>
        <source>Takes the secret out of %1 and puts it into %2</source>
        <translation>Nimmt das Geheimnis aus %1 und setzt es in %2 ein</translation>
    </message>
    <message>
        <source>Exchange with %1</source>
        <translation>Mit %1 tauschen</translation>
    </message>
    <message>
        <source>Puts the text of %1 into %2, and the other way round</source>
        <translation>Setzt den Text von %1 in %2 ein und umgekehrt</translation>
    </message>
    <message>
        <source>Remove the password</source>
        <translation>Passwort entfernen</translation>
    </message>
    <message>
        <source>Takes the password out of %1</source>
        <translation>Nimmt das Passwort aus %1 heraus</translation>
    </message>
    <message>
        <source>Takes the password out of %1 and puts it into %2</source>
        <translation>Nimmt das Passwort aus %1 und setzt es in %2 ein</translation>
    </message>
    <message>
        <source>Take apart</source>
        <translation>Aufteilen</translation>
    </message>
    <message>
        <source>Puts the parts of %1 into the fields that they belong to</source>
        <translation>Setzt die Teile von %1 in die Felder ein, in die sie gehören</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Keeps what belongs into %1, as it has to be written</source>
        <translation>Behält, was in %1 gehört, so wie es geschrieben werden muss</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Maskieren</translation>
    </message>
    <message>
        <source>Writes with percent signs what has a meaning in a URL</source>
        <translation>Schreibt mit Prozentzeichen, was in einer URL eine Bedeutung hat</translation>
    </message>
    <message>
        <source>Put in order</source>
        <translation>In Reihenfolge bringen</translation>
    </message>
    <message>
        <source>Puts the certificates in %1 in the order of their issuers</source>
        <translation>Bringt die Zertifikate in %1 in die Reihenfolge ihrer Aussteller</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Erforderlich</translation>
    </message>
    <message>
        <source>Keep what is there</source>
        <translation>Behalten, was da ist</translation>
    </message>
    <message>
        <source>Goes on with what %1 held before</source>
        <translation>Geht mit dem weiter, was %1 vorher enthielt</translation>
    </message>
    <message>
        <source>Leave it empty</source>
        <translation>Leer lassen</translation>
    </message>
    <message>
        <source>Goes on without anything in %1</source>
        <translation>Geht ohne etwas in %1 weiter</translation>
    </message>
    <message>
        <source>Required.</source>
        <translation>Erforderlich.</translation>
    </message>
    <message>
        <source>Kept as it is unless something is typed.</source>
        <translation>Bleibt, wie es ist, solange nichts eingegeben wird.</translation>
    </message>
</context>
<context>
    <name>FieldNote</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Show the whole message</source>
        <translation>Die ganze Meldung zeigen</translation>
    </message>
</context>
<context>
    <name>FieldText</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>%1: sent was %2, it has %3.</source>
        <translation>%1: gesendet wurde %2, dort steht %3.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter credentials</source>
        <translation>Zugangsdaten filtern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>What the filter looks at</source>
        <translation>Wonach gefiltert wird</translation>
    </message>
    <message>
        <source>Filter &amp;by</source>
        <translation>&amp;Filtern nach</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Show all credentials again (Esc)</source>
        <translation>Wieder alle Zugangsdaten anzeigen (Esc)</translation>
    </message>
    <message>
        <source>Part of a name; * stands for any text, as in aws*</source>
        <translation>Teil eines Namens; * steht für beliebigen Text, wie in aws*</translation>
    </message>
    <message>
        <source>Shows only credentials whose name contains this. * stands for any text, and with it this is a pattern for the whole name. (Ctrl+F)</source>
        <translation>Zeigt nur Zugangsdaten, deren Name dies enthält. * steht für beliebigen Text, und damit ist dies ein Muster für den ganzen Namen. (Strg+F)</translation>
    </message>
    <message>
        <source>Choose a type, or enter part of its key; * stands for any text</source>
        <translation>Typ wählen oder einen Teil seines Schlüssels eingeben; * steht für beliebigen Text</translation>
    </message>
    <message>
        <source>Shows only credentials of this type. * stands for any text. (Ctrl+F)</source>
        <translation>Zeigt nur Zugangsdaten dieses Typs. * steht für beliebigen Text. (Strg+F)</translation>
    </message>
    <message>
        <source>Search all applications for this</source>
        <translation>In allen Anwendungen danach suchen</translation>
    </message>
</context>
<context>
    <name>HttpExchange</name>
    <message>
        <source>The answer was given up, as the program grew by more than %1 MiB while it came. Its headers may have no end.</source>
        <translation>Die Antwort wurde aufgegeben, da das Programm um mehr als %1 MiB wuchs, während sie kam. Ihre Kopfzeilen haben womöglich kein Ende.</translation>
    </message>
    <message numerus="yes">
        <source>The answer was not whole after %n second(s).</source>
        <translation>
            <numerusform>Die Antwort war nach %n Sekunde nicht vollständig.</numerusform>
            <numerusform>Die Antwort war nach %n Sekunden nicht vollständig.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InputDialog</name>
    <message>
        <source>Discard what you typed? It is not kept anywhere.</source>
        <translation>Eingaben verwerfen? Sie werden nirgends aufbewahrt.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
</context>
<context>
    <name>InventoryColumns</name>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Application ID</source>
        <translation>Anwendungs-ID</translation>
    </message>
</context>
<context>
    <name>InventoryFilter</name>
    <message>
        <source>There is no “%1”, only %2. To look for the text itself, put it in quotation marks.</source>
        <translation>„%1“ gibt es nicht, nur %2. Um den Text selbst zu suchen, setzen Sie ihn in Anführungszeichen.</translation>
    </message>
    <message>
        <source>Only dates can be compared. Write “%1”.</source>
        <translation>Nur Daten lassen sich vergleichen. Schreiben Sie „%1“.</translation>
    </message>
    <message>
        <source>Say behind “%1” what to look for.</source>
        <translation>Schreiben Sie hinter „%1“, was gesucht werden soll.</translation>
    </message>
    <message>
        <source>A status is enabled or disabled.</source>
        <translation>Ein Status ist enabled (aktiv) oder disabled (inaktiv).</translation>
    </message>
    <message>
        <source>A date is a year, a month or a day: 2024, 2024-05 or 2024-05-17. An age needs &lt; or &gt;: %1.</source>
        <translation>Ein Datum ist ein Jahr, ein Monat oder ein Tag: 2024, 2024-05 oder 2024-05-17. Ein Alter braucht &lt; oder &gt;: %1.</translation>
    </message>
    <message>
        <source>An age needs its unit: %1d for days, %1w for weeks, %1m for months, %1y for years.</source>
        <translation>Ein Alter braucht seine Einheit: %1d für Tage, %1w für Wochen, %1m für Monate, %1y für Jahre.</translation>
    </message>
    <message>
        <source>An age is a number with its unit: 30d, 2w, 6m or 1y. A date needs a colon: %1.</source>
        <translation>Ein Alter ist eine Zahl mit ihrer Einheit: 30d, 2w, 6m oder 1y. Ein Datum braucht einen Doppelpunkt: %1.</translation>
    </message>
    <message>
        <source>The second quotation mark is missing.</source>
        <translation>Das zweite Anführungszeichen fehlt.</translation>
    </message>
    <message>
        <source>Write what is to be excluded right behind the “-”.</source>
        <translation>Schreiben Sie direkt hinter das „-“, was ausgeschlossen werden soll.</translation>
    </message>
    <message>
        <source>Write conditions without blanks, such as %1.</source>
        <translation>Schreiben Sie Bedingungen ohne Leerzeichen, etwa %1.</translation>
    </message>
    <message>
        <source>There are no wildcards: words are found wherever they stand. To look for the asterisk itself, put it in quotation marks.</source>
        <translation>Platzhalter gibt es nicht: Wörter werden gefunden, wo immer sie stehen. Um das Sternchen selbst zu suchen, setzen Sie es in Anführungszeichen.</translation>
    </message>
    <message>
        <source>A date needs a colon: %1. &lt; and &gt; compare an age: %2.</source>
        <translation>Ein Datum braucht einen Doppelpunkt: %1. &lt; und &gt; vergleichen ein Alter: %2.</translation>
    </message>
</context>
<context>
    <name>InventoryFilterBar</name>
    <message>
        <source>Group by key</source>
        <translation>Nach Schlüssel gruppieren</translation>
    </message>
    <message>
        <source>Filter all credentials</source>
        <translation>Alle Zugangsdaten filtern</translation>
    </message>
    <message>
        <source>Find credentials in all applications</source>
        <translation>Zugangsdaten in allen Anwendungen finden</translation>
    </message>
    <message>
        <source>Words that must all be found, wherever they stand (Ctrl+F). Ctrl+Space completes.</source>
        <translation>Wörter, die alle gefunden werden müssen, wo immer sie stehen (Strg+F). Strg+Leertaste vervollständigt.</translation>
    </message>
    <message>
        <source>Go to the filter</source>
        <translation>Zum Filter</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Show all credentials again (Esc)</source>
        <translation>Wieder alle Zugangsdaten anzeigen (Esc)</translation>
    </message>
    <message>
        <source>Words; &quot;…&quot; for a phrase, -word to exclude; type:aws, app:, owner:, name:, key:, status:disabled, expires&lt;30d, updated&gt;1y, created:2024</source>
        <translation>Wörter; &quot;…&quot; für eine Wortfolge, -Wort schließt aus; type:aws, app:, owner:, name:, key:, status:disabled, expires&lt;30d, updated&gt;1y, created:2024</translation>
    </message>
    <message>
        <source>Filter all credentials problem</source>
        <translation>Alle Zugangsdaten filtern: Problem</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Inaktiv</translation>
    </message>
    <message>
        <source>Expiring</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Not updated for a year</source>
        <translation>Seit einem Jahr nicht geändert</translation>
    </message>
    <message>
        <source>Same key elsewhere</source>
        <translation>Gleicher Schlüssel anderswo</translation>
    </message>
    <message>
        <source>Every use of them fails</source>
        <translation>Jede Verwendung schlägt fehl</translation>
    </message>
    <message>
        <source>What expires within 30 days, or has expired</source>
        <translation>Was innerhalb von 30 Tagen abläuft oder abgelaufen ist</translation>
    </message>
    <message>
        <source>Their key is that of another credential, too</source>
        <translation>Deren Schlüssel steht auch in anderen Zugangsdaten</translation>
    </message>
    <message>
        <source>Keys that are used more than once come first, each with its credentials together</source>
        <translation>Schlüssel, die mehrfach verwendet werden, kommen zuerst, jeder mit seinen Zugangsdaten beieinander</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln credential(s)</source>
        <translation>
            <numerusform>%Ln Zugangsdaten</numerusform>
            <numerusform>%Ln Zugangsdaten</numerusform>
        </translation>
    </message>
    <message>
        <source>Completions</source>
        <translation>Vervollständigungen</translation>
    </message>
</context>
<context>
    <name>InventoryMessages</name>
    <message>
        <source>%1 of %2 credentials</source>
        <translation>%1 von %2 Zugangsdaten</translation>
    </message>
    <message>
        <source>Stopped: %1 of %2 credentials</source>
        <translation>Angehalten: %1 von %2 Zugangsdaten</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln credential(s)</source>
        <translation>
            <numerusform>%Ln Zugangsdaten</numerusform>
            <numerusform>%Ln Zugangsdaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s)</source>
        <translation>
            <numerusform>%Ln Anwendung</numerusform>
            <numerusform>%Ln Anwendungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s) could not be read</source>
        <translation>
            <numerusform>%Ln Anwendung konnte nicht gelesen werden</numerusform>
            <numerusform>%Ln Anwendungen konnten nicht gelesen werden</numerusform>
        </translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>Stand: %1</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>No credential matches the filter.</source>
        <translation>Keine Zugangsdaten passen zum Filter.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts anzuzeigen</translation>
    </message>
    <message>
        <source>The list of applications could not be loaded.</source>
        <translation>Die Liste der Anwendungen konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>You have stopped it. Choose “Load” to see the credentials.</source>
        <translation>Sie haben es angehalten. Wählen Sie „Laden“, um die Zugangsdaten zu sehen.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s) could not be read.</source>
        <translation>
            <numerusform>%Ln Anwendung konnte nicht gelesen werden.</numerusform>
            <numerusform>%Ln Anwendungen konnten nicht gelesen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No applications</source>
        <translation>Keine Anwendungen</translation>
    </message>
    <message>
        <source>There are none that this token can see. Make one in the Losant console, or sign in differently.</source>
        <translation>Mit diesem Token sind keine sichtbar. Erstellen Sie eine in der Losant-Konsole, oder melden Sie sich anders an.</translation>
    </message>
    <message>
        <source>No credentials yet</source>
        <translation>Noch keine Zugangsdaten</translation>
    </message>
    <message>
        <source>No application has any. Open one on the left to create the first.</source>
        <translation>Keine Anwendung hat welche. Öffnen Sie links eine, um die ersten zu erstellen.</translation>
    </message>
    <message>
        <source>%1 The rows below are older.</source>
        <translation>%1 Die Zeilen darunter sind älter.</translation>
    </message>
    <message>
        <source>the server asks to wait</source>
        <translation>der Server bittet zu warten</translation>
    </message>
    <message>
        <source>None of the credentials that were read matches the filter; some were not.</source>
        <translation>Von den gelesenen Zugangsdaten passt keine auf den Filter; einige wurden nicht gelesen.</translation>
    </message>
</context>
<context>
    <name>InventoryPage</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Open the application</source>
        <translation>Anwendung öffnen</translation>
    </message>
    <message>
        <source>Applications that could not be read</source>
        <translation>Anwendungen, die nicht gelesen werden konnten</translation>
    </message>
    <message>
        <source>Inventory status</source>
        <translation>Status des Bestands</translation>
    </message>
    <message>
        <source>Which they are, and why</source>
        <translation>Welche es sind, und warum</translation>
    </message>
    <message>
        <source>Open the application of this credential, at its row</source>
        <translation>Die Anwendung dieser Zugangsdaten öffnen, bei ihrer Zeile</translation>
    </message>
    <message>
        <source>Load the rest</source>
        <translation>Rest laden</translation>
    </message>
    <message>
        <source>Read the credentials that had not been read when it was stopped</source>
        <translation>Die Zugangsdaten lesen, die beim Anhalten noch nicht gelesen waren</translation>
    </message>
    <message>
        <source>%1 could not be read, so nothing was changed. %2</source>
        <translation>%1 konnte nicht gelesen werden, es wurde also nichts geändert. %2</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Write the credentials that are shown to a file, CSV or JSON (Ctrl+Shift+S)</source>
        <translation>Die gezeigten Zugangsdaten in eine Datei schreiben, CSV oder JSON (Strg+Umschalt+S)</translation>
    </message>
</context>
<context>
    <name>KeyFileEditor</name>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Puts the content of a file into %1</source>
        <translation>Übernimmt den Inhalt einer Datei in „%1“</translation>
    </message>
    <message>
        <source>Paste it, or drop the file here</source>
        <translation>Einfügen oder die Datei hier ablegen</translation>
    </message>
    <message>
        <source>Open a file for %1</source>
        <translation>Datei für „%1“ öffnen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Keys and certificates (*.pem *.key *.crt *.cer *.pub)</source>
        <translation>Schlüssel und Zertifikate (*.pem *.key *.crt *.cer *.pub)</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON-Dateien (*.json)</translation>
    </message>
</context>
<context>
    <name>LoadingBar</name>
    <message>
        <source>The server takes longer than usual.</source>
        <translation>Der Server braucht länger als üblich.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop this (Esc)</source>
        <translation>Das hier anhalten (Esc)</translation>
    </message>
</context>
<context>
    <name>LosantJson</name>
    <message>
        <source>A page has %1 items at most.</source>
        <translation>Eine Seite hat höchstens %1 Einträge.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Sandbox: sample data, nothing is kept</source>
        <translation>Sandbox: Beispieldaten, nichts wird aufbewahrt</translation>
    </message>
    <message>
        <source>Account, view and help (Alt+M)</source>
        <translation>Konto, Ansicht und Hilfe (Alt+M)</translation>
    </message>
    <message>
        <source>&amp;Applications</source>
        <translation>&amp;Anwendungen</translation>
    </message>
    <message>
        <source>Sor&amp;t by</source>
        <translation>&amp;Sortieren nach</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>Spal&amp;ten</translation>
    </message>
    <message>
        <source>A&amp;bout Credenza</source>
        <translation>Über &amp;Credenza</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation>Konto: %1</translation>
    </message>
    <message>
        <source>About Credenza</source>
        <translation>Über Credenza</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Production: %1. This profile is read only.</source>
        <translation>Produktion: %1. Dieses Profil darf nur lesen.</translation>
    </message>
    <message>
        <source>Credenza %1</source>
        <translation>Credenza %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What you create or change here is gone when you quit.</source>
        <translation>Was Sie hier erstellen oder ändern, ist nach dem Beenden verloren.</translation>
    </message>
    <message>
        <source>Production: %1. What you create, change or delete here is real.</source>
        <translation>Produktion: %1. Was Sie hier anlegen, ändern oder löschen, ist echt.</translation>
    </message>
    <message>
        <source>Browse and manage service credentials on the Losant IoT platform.

Free software under the GNU General Public License, version 3 or later. Not affiliated with Losant.</source>
        <translation>Zugangsdaten für Dienste auf der IoT-Plattform Losant ansehen und verwalten.

Freie Software unter der GNU General Public License, Version 3 oder neuer. Steht in keiner Verbindung zu Losant.</translation>
    </message>
    <message>
        <source>All applications</source>
        <translation>Alle Anwendungen</translation>
    </message>
</context>
<context>
    <name>MessageBanner</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>MessageBox</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>NoTypePage</name>
    <message>
        <source>What is the credential for?</source>
        <translation>Wofür sind die Zugangsdaten?</translation>
    </message>
    <message>
        <source>Choose a type on the left. Only its fields are then asked for; secrets go to Losant and can&apos;t be read back from there.</source>
        <translation>Wählen Sie links einen Typ. Danach werden nur dessen Felder abgefragt; geheime Werte gehen an Losant und lassen sich dort nicht auslesen.</translation>
    </message>
</context>
<context>
    <name>PageActions</name>
    <message>
        <source>New credential</source>
        <translation>Neue Zugangsdaten</translation>
    </message>
    <message>
        <source>Create a credential in this application</source>
        <translation>Zugangsdaten in dieser Anwendung erstellen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Load this page again</source>
        <translation>Diese Seite neu laden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to what was shown before</source>
        <translation>Zurück zur vorigen Ansicht</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Forward again</source>
        <translation>Wieder vor zur nächsten Ansicht</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Show the selected credential&apos;s details</source>
        <translation>Details der ausgewählten Zugangsdaten anzeigen</translation>
    </message>
    <message>
        <source>This profile is read only</source>
        <translation>Dieses Profil darf nur lesen</translation>
    </message>
</context>
<context>
    <name>PageMessages</name>
    <message>
        <source>%1 The rows below are older.</source>
        <translation>%1 Die Zeilen darunter sind älter.</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts anzuzeigen</translation>
    </message>
    <message>
        <source>No permission</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>The API token may not list this application&apos;s credentials. It needs the scope credentials.get or one that includes it.</source>
        <translation>Das API-Token darf die Zugangsdaten dieser Anwendung nicht auflisten. Es braucht den Scope credentials.get oder einen, der ihn einschließt.</translation>
    </message>
    <message>
        <source>The credentials could not be loaded.</source>
        <translation>Die Zugangsdaten konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>You have stopped it. Choose “Load” to see the credentials.</source>
        <translation>Sie haben es angehalten. Wählen Sie „Laden“, um die Zugangsdaten zu sehen.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Which application?</source>
        <translation>Welche Anwendung?</translation>
    </message>
    <message>
        <source>This token may not list applications: it belongs to a single one, or lacks the scope applications.get. Open the application by its ID.</source>
        <translation>Dieses Token darf keine Anwendungen auflisten: Es gehört zu einer einzigen, oder ihm fehlt der Scope applications.get. Öffnen Sie die Anwendung über ihre ID.</translation>
    </message>
    <message>
        <source>Open by ID</source>
        <translation>Über ID öffnen</translation>
    </message>
    <message>
        <source>No applications</source>
        <translation>Keine Anwendungen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading applications…</source>
        <translation>Anwendungen werden geladen …</translation>
    </message>
    <message>
        <source>Applications not loaded</source>
        <translation>Anwendungen nicht geladen</translation>
    </message>
    <message>
        <source>You have stopped it. Choose “Load” to see the applications.</source>
        <translation>Sie haben es angehalten. Wählen Sie „Laden“, um die Anwendungen zu sehen.</translation>
    </message>
    <message>
        <source>There are none that this token can see. Make one in the Losant console, or sign in differently.</source>
        <translation>Mit diesem Token sind keine sichtbar. Erstellen Sie eine in der Losant-Konsole, oder melden Sie sich anders an.</translation>
    </message>
    <message>
        <source>No application chosen</source>
        <translation>Keine Anwendung ausgewählt</translation>
    </message>
    <message>
        <source>Choose an application on the left to see its credentials.</source>
        <translation>Wählen Sie links eine Anwendung aus, um ihre Zugangsdaten zu sehen.</translation>
    </message>
    <message>
        <source>Application not found</source>
        <translation>Anwendung nicht gefunden</translation>
    </message>
    <message>
        <source>It does not exist any more, or it is not visible with this token. Choose another on the left.</source>
        <translation>Es gibt sie nicht mehr, oder sie ist mit diesem Token nicht sichtbar. Wählen Sie links eine andere.</translation>
    </message>
    <message>
        <source>It does not exist, or it is not visible with this token. Check its ID.</source>
        <translation>Sie existiert nicht oder ist mit diesem Token nicht sichtbar. Prüfen Sie ihre ID.</translation>
    </message>
    <message>
        <source>Nothing on this page</source>
        <translation>Nichts auf dieser Seite</translation>
    </message>
    <message>
        <source>The credentials that were here are gone, or the server miscounts them.</source>
        <translation>Die Zugangsdaten, die hier waren, gibt es nicht mehr, oder der Server zählt sie falsch.</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>No credential of this application matches the filter.</source>
        <translation>Keine Zugangsdaten dieser Anwendung passen zum Filter.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>No credentials yet</source>
        <translation>Noch keine Zugangsdaten</translation>
    </message>
    <message>
        <source>Credentials hold the keys and passwords that this application&apos;s workflows use to reach other services.</source>
        <translation>Zugangsdaten enthalten die Schlüssel und Passwörter, mit denen die Workflows dieser Anwendung andere Dienste erreichen.</translation>
    </message>
    <message>
        <source>New credential</source>
        <translation>Neue Zugangsdaten</translation>
    </message>
    <message>
        <source>Search all applications for this</source>
        <translation>In allen Anwendungen danach suchen</translation>
    </message>
</context>
<context>
    <name>PagerBar</name>
    <message>
        <source>0 of %1</source>
        <translation>0 von %1</translation>
    </message>
    <message>
        <source>%1–%2 of %3</source>
        <translation>%1–%2 von %3</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>Erste Seite</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Last page</source>
        <translation>Letzte Seite</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Page number</source>
        <translation>Seitennummer</translation>
    </message>
    <message>
        <source>Type a page number and press Enter</source>
        <translation>Seitennummer eingeben und die Eingabetaste drücken</translation>
    </message>
    <message>
        <source>Page status</source>
        <translation>Seitenstatus</translation>
    </message>
    <message>
        <source>&amp;Rows per page</source>
        <translation>&amp;Zeilen pro Seite</translation>
    </message>
    <message>
        <source>How many credentials are shown at once</source>
        <translation>Wie viele Zeilen gleichzeitig angezeigt werden</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
</context>
<context>
    <name>PemRestoration</name>
    <message>
        <source>The line breaks that were lost are put back.</source>
        <translation>Die verlorenen Zeilenumbrüche werden wieder eingesetzt.</translation>
    </message>
    <message>
        <source>Blanks that were line breaks become line breaks again.</source>
        <translation>Leerzeichen, die Zeilenumbrüche waren, werden wieder zu solchen.</translation>
    </message>
    <message>
        <source>The characters \n become line breaks.</source>
        <translation>Die Zeichen \n werden zu Zeilenumbrüchen.</translation>
    </message>
    <message>
        <source>The quotes around it go.</source>
        <translation>Die Anführungszeichen darum entfallen.</translation>
    </message>
    <message>
        <source>The name before it goes.</source>
        <translation>Der Name davor entfällt.</translation>
    </message>
    <message>
        <source>The first line, “-----BEGIN …-----”, is put back.</source>
        <translation>Die erste Zeile, „-----BEGIN …-----“, wird wieder eingesetzt.</translation>
    </message>
    <message>
        <source>The last line, “-----END …-----”, is put back.</source>
        <translation>Die letzte Zeile, „-----END …-----“, wird wieder eingesetzt.</translation>
    </message>
    <message>
        <source>The first and the last line get their five dashes on each side.</source>
        <translation>Die erste und die letzte Zeile erhalten ihre fünf Striche auf jeder Seite.</translation>
    </message>
    <message>
        <source>Text within it that does not belong there goes.</source>
        <translation>Text darin, der nicht dorthin gehört, entfällt.</translation>
    </message>
    <message>
        <source>Text around it goes.</source>
        <translation>Text darum herum entfällt.</translation>
    </message>
    <message>
        <source>Blanks within the lines go.</source>
        <translation>Leerzeichen in den Zeilen entfallen.</translation>
    </message>
    <message>
        <source>Empty lines within it go.</source>
        <translation>Leere Zeilen darin entfallen.</translation>
    </message>
    <message>
        <source>The line breaks of Windows become plain ones.</source>
        <translation>Die Zeilenumbrüche von Windows werden zu einfachen.</translation>
    </message>
    <message>
        <source>The last line gets its line break.</source>
        <translation>Die letzte Zeile erhält ihren Zeilenumbruch.</translation>
    </message>
    <message>
        <source>Invisible characters go.</source>
        <translation>Unsichtbare Zeichen entfallen.</translation>
    </message>
    <message>
        <source>What is written with percent signs becomes plain text.</source>
        <translation>Was mit Prozentzeichen geschrieben ist, wird zu einfachem Text.</translation>
    </message>
    <message>
        <source>It is decoded: it was written in base64 once more.</source>
        <translation>Er wird dekodiert: Er war noch einmal in Base64 geschrieben.</translation>
    </message>
    <message>
        <source>The first and the last line say what is in between.</source>
        <translation>Die erste und die letzte Zeile sagen, was dazwischen steht.</translation>
    </message>
    <message>
        <source>The “=” at the end is put back.</source>
        <translation>Das „=“ am Ende wird wieder eingesetzt.</translation>
    </message>
    <message>
        <source>The lines become 64 characters long.</source>
        <translation>Die Zeilen werden 64 Zeichen lang.</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) are removed.</source>
        <translation>
            <numerusform>%n Zeichen wird entfernt.</numerusform>
            <numerusform>%n Zeichen werden entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The key or certificate itself stays what it is.</source>
        <translation>Der Schlüssel oder das Zertifikat selbst bleibt, was es ist.</translation>
    </message>
    <message>
        <source>Restore %1?</source>
        <translation>%1 wiederherstellen?</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>So lassen</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) instead of %1.</source>
        <translation>
            <numerusform>%n Zeile statt %1.</numerusform>
            <numerusform>%n Zeilen statt %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>&amp;Production: say so in the window, and ask once more before creating</source>
        <translation>&amp;Produktion: im Fenster darauf hinweisen und vor dem Anlegen noch einmal fragen</translation>
    </message>
    <message>
        <source>&amp;Read only: offer nothing that changes anything</source>
        <translation>Nu&amp;r lesen: nichts anbieten, was etwas ändert</translation>
    </message>
    <message>
        <source>Error message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Profile settings</source>
        <translation>Profileinstellungen</translation>
    </message>
    <message>
        <source>Rarely needed</source>
        <translation>Selten nötig</translation>
    </message>
    <message>
        <source>The domain of a private instance, sent as the header “losantdomain”</source>
        <translation>Die Domain einer privaten Instanz, gesendet als Kopfzeile „losantdomain“</translation>
    </message>
    <message>
        <source>Only if the server&apos;s certificate is from an authority of your own</source>
        <translation>Nur wenn das Zertifikat des Servers von einer eigenen Zertifizierungsstelle ist</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>Aus&amp;wählen …</translation>
    </message>
    <message>
        <source>Browse for the CA file</source>
        <translation>CA-Datei auswählen</translation>
    </message>
    <message>
        <source>Profile &amp;name</source>
        <translation>Profil&amp;name</translation>
    </message>
    <message>
        <source>Profile name</source>
        <translation>Profilname</translation>
    </message>
    <message>
        <source>Losant &amp;domain</source>
        <translation>Losant-&amp;Domain</translation>
    </message>
    <message>
        <source>Losant domain</source>
        <translation>Losant-Domain</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA-Datei</translation>
    </message>
    <message>
        <source>&amp;CA file</source>
        <translation>&amp;CA-Datei</translation>
    </message>
    <message>
        <source>System settings</source>
        <translation>Wie im System eingestellt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>SOCKS5</source>
        <translation>SOCKS5</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Pro&amp;xy</translation>
    </message>
    <message>
        <source>Proxy &amp;host</source>
        <translation>Proxy-&amp;Rechner</translation>
    </message>
    <message>
        <source>Proxy host</source>
        <translation>Proxy-Rechner</translation>
    </message>
    <message>
        <source>Proxy p&amp;ort</source>
        <translation>Proxy-P&amp;ort</translation>
    </message>
    <message>
        <source>Proxy port</source>
        <translation>Proxy-Port</translation>
    </message>
    <message>
        <source>Proxy &amp;user</source>
        <translation>Proxy-Ben&amp;utzer</translation>
    </message>
    <message>
        <source>Proxy user</source>
        <translation>Proxy-Benutzer</translation>
    </message>
    <message>
        <source>Proxy pass&amp;word</source>
        <translation>Proxy-Kenn&amp;wort</translation>
    </message>
    <message>
        <source>Proxy password</source>
        <translation>Proxy-Kennwort</translation>
    </message>
    <message>
        <source>Only if the proxy asks for one</source>
        <translation>Nur wenn der Proxy einen verlangt</translation>
    </message>
    <message>
        <source>Certificate authorities</source>
        <translation>Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>The Losant domain is a host name, such as example.com.</source>
        <translation>Die Losant-Domain ist ein Rechnername wie example.com.</translation>
    </message>
    <message>
        <source>Enter the host of the proxy.</source>
        <translation>Geben Sie den Rechner des Proxys ein.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The user name of the proxy holds a line break or another control character. Type it again.</source>
        <translation>Der Benutzername des Proxys enthält einen Zeilenumbruch oder ein anderes Steuerzeichen. Geben Sie ihn noch einmal ein.</translation>
    </message>
    <message>
        <source>A file with certificates of authorities, PEM or DER, that are trusted as well</source>
        <translation>Eine Datei mit Zertifikaten von Zertifizierungsstellen, PEM oder DER, denen außerdem vertraut wird</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer *.der);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>No authority of this CA file can be trusted: %1. Choose a file with certificates, PEM or DER.</source>
        <translation>Keiner Zertifizierungsstelle dieser CA-Datei kann vertraut werden: %1. Wählen Sie eine Datei mit Zertifikaten, PEM oder DER.</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>The keychain does not keep your token: %1
You stay signed in until you quit.</source>
        <translation>Der Schlüsselbund bewahrt Ihr Token nicht auf: %1
Sie bleiben angemeldet, bis Sie das Programm beenden.</translation>
    </message>
    <message>
        <source>The sandbox can&apos;t be opened: %1</source>
        <translation>Die Sandbox kann nicht geöffnet werden: %1</translation>
    </message>
    <message>
        <source>The keychain still holds the token that was kept before: %1
Sign out to have it removed.</source>
        <translation>Der Schlüsselbund enthält noch das bisherige Token: %1
Melden Sie sich ab, damit es entfernt wird.</translation>
    </message>
    <message>
        <source>The keychain does not keep the proxy&apos;s password: %1
Enter it again in the profile&apos;s settings after the next start.</source>
        <translation>Der Schlüsselbund bewahrt das Passwort des Proxys nicht auf: %1
Geben Sie es nach dem nächsten Start in den Einstellungen des Profils erneut ein.</translation>
    </message>
    <message>
        <source>The keychain still holds the proxy&apos;s password: %1
Sign out to have it removed.</source>
        <translation>Der Schlüsselbund enthält noch das Passwort des Proxys: %1
Melden Sie sich ab, damit es entfernt wird.</translation>
    </message>
    <message>
        <source>The proxy&apos;s password was not read: %1</source>
        <translation>Das Passwort des Proxys wurde nicht gelesen: %1</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Der Schlüsselbund hat noch nicht geantwortet</translation>
    </message>
    <message>
        <source>The token of %1 is in the keychain of this computer, which has not answered yet. It may ask for its password in a window of its own.</source>
        <translation>Das Token von %1 liegt im Schlüsselbund dieses Rechners, der noch nicht geantwortet hat. Vielleicht fragt er in einem eigenen Fenster nach seinem Passwort.</translation>
    </message>
    <message>
        <source>Sign in by hand</source>
        <translation>Selbst anmelden</translation>
    </message>
    <message>
        <source>The token in the keychain can&apos;t be used: it holds a blank, a line break or another character that no token has. Sign in again.</source>
        <translation>Das Token im Schlüsselbund ist nicht zu gebrauchen: Es enthält ein Leerzeichen, einen Zeilenumbruch oder ein anderes Zeichen, das kein Token hat. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Settings problem</source>
        <translation>Problem mit den Einstellungen</translation>
    </message>
    <message>
        <source>Certificate authorities</source>
        <translation>Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>You have signed out of %1 in another window of Credenza.</source>
        <translation>Sie haben sich in einem anderen Fenster von Credenza von %1 abgemeldet.</translation>
    </message>
    <message>
        <source>In another window of Credenza you have signed in as %1 in place of %2, whose token is not kept any longer.</source>
        <translation>In einem anderen Fenster von Credenza haben Sie sich als %1 anstelle von %2 angemeldet; dessen Token wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>In another window of Credenza you have signed in with a token that belongs to no user, in place of %1, whose token is not kept any longer.</source>
        <translation>In einem anderen Fenster von Credenza haben Sie sich anstelle von %1 mit einem Token angemeldet, das keinem Benutzer gehört; das Token davor wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>You have forgotten the profile %1 in another window of Credenza.</source>
        <translation>Sie haben das Profil %1 in einem anderen Fenster von Credenza vergessen lassen.</translation>
    </message>
    <message>
        <source>You have forgotten the profile %1.</source>
        <translation>Sie haben das Profil %1 vergessen lassen.</translation>
    </message>
</context>
<context>
    <name>PublicKeyPage</name>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
</context>
<context>
    <name>ReplyError</name>
    <message>
        <source>Through the proxy %1, whose address, user name and password may be wrong: %2</source>
        <translation>Über den Proxy %1, dessen Adresse, Benutzername und Passwort falsch sein können: %2</translation>
    </message>
</context>
<context>
    <name>RevealButton</name>
    <message>
        <source>Hide what is typed (%1)</source>
        <translation>Eingabe verbergen (%1)</translation>
    </message>
    <message>
        <source>Show what is typed (%1)</source>
        <translation>Eingabe anzeigen (%1)</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 anzeigen</translation>
    </message>
</context>
<context>
    <name>SameKeyView</name>
    <message>
        <source>Same key in</source>
        <translation>Gleicher Schlüssel in</translation>
    </message>
    <message>
        <source>Same account in</source>
        <translation>Gleiches Konto in</translation>
    </message>
    <message>
        <source>Enter or a double click opens it there</source>
        <translation>Eingabetaste oder Doppelklick öffnet sie dort</translation>
    </message>
    <message>
        <source>Last updated: %1</source>
        <translation>Zuletzt geändert: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) are not listed.</source>
        <translation>
            <numerusform>%n weitere wird nicht aufgeführt.</numerusform>
            <numerusform>%n weitere werden nicht aufgeführt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaveButton</name>
    <message>
        <source>Save all…</source>
        <translation>Alles speichern …</translation>
    </message>
    <message>
        <source>Save all of it to a file</source>
        <translation>Alles davon in einer Datei speichern</translation>
    </message>
    <message>
        <source>Save all to a file</source>
        <translation>Alles in einer Datei speichern</translation>
    </message>
    <message>
        <source>“%1” could not be written: %2. Choose another place.</source>
        <translation>„%1“ konnte nicht geschrieben werden: %2. Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>All of it is in “%1”.</source>
        <translation>Alles steht in „%1“.</translation>
    </message>
</context>
<context>
    <name>SecretClipboard</name>
    <message>
        <source>Copied. It is cleared from the clipboard in %1 s.</source>
        <translation>Kopiert. Es wird in %1 s aus der Zwischenablage gelöscht.</translation>
    </message>
</context>
<context>
    <name>SecretEdit</name>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>ServerUrl</name>
    <message>
        <source>“%1” can&apos;t be used as a server URL. It has to begin with https://; http:// is only for this computer.</source>
        <translation>„%1“ ist als Server-URL nicht zu gebrauchen. Sie muss mit https:// beginnen; http:// gibt es nur für diesen Rechner.</translation>
    </message>
    <message>
        <source>A server URL holds no user name, password or parameters: only https://, the host and perhaps a port and a path.</source>
        <translation>Eine Server-URL enthält weder Benutzernamen noch Kennwort oder Parameter: nur https://, den Rechner und vielleicht Port und Pfad.</translation>
    </message>
</context>
<context>
    <name>SettingsFile</name>
    <message>
        <source>the file can&apos;t be written</source>
        <translation>die Datei kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>There is no home folder to keep settings in, as HOME is not set: they last until you quit. Set HOME or XDG_CONFIG_HOME, and start again.</source>
        <translation>Es gibt keinen persönlichen Ordner für Einstellungen, da HOME nicht gesetzt ist: Sie gelten, bis Sie das Programm beenden. Setzen Sie HOME oder XDG_CONFIG_HOME, und starten Sie neu.</translation>
    </message>
    <message>
        <source>The settings in %1 are damaged. What could be read is used; the file as it was is now %2. Set up again what is missing, or repair that file and put it back.</source>
        <translation>Die Einstellungen in %1 sind beschädigt. Was sich lesen ließ, wird benutzt; die Datei, wie sie war, ist jetzt %2. Richten Sie neu ein, was fehlt, oder reparieren Sie diese Datei und legen Sie sie zurück.</translation>
    </message>
    <message>
        <source>The settings in %1 are damaged, and there can be no copy of them: %2. The file is left as it is, and what you change lasts until you quit. Repair or remove it, and start again.</source>
        <translation>Die Einstellungen in %1 sind beschädigt, und eine Kopie ist nicht möglich: %2. Die Datei bleibt, wie sie ist, und was Sie ändern, gilt, bis Sie das Programm beenden. Reparieren oder löschen Sie sie, und starten Sie neu.</translation>
    </message>
    <message>
        <source>Settings can&apos;t be kept in %1: %2. What you change lasts until you quit. See to it that the file and its folder can be written and that the disk has room.</source>
        <translation>Einstellungen können nicht in %1 aufgehoben werden: %2. Was Sie ändern, gilt, bis Sie das Programm beenden. Sorgen Sie dafür, dass die Datei und ihr Ordner beschreibbar sind und der Datenträger Platz hat.</translation>
    </message>
</context>
<context>
    <name>SignInAgainDialog</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>A token of the same account. It takes the place of the one before.</source>
        <translation>Ein Token desselben Kontos. Es tritt an die Stelle des bisherigen.</translation>
    </message>
    <message>
        <source>That is the token of %1, but what is shown is what %2 sees. Sign in as %2, or cancel and choose “Sign in differently” in the menu.</source>
        <translation>Das ist das Token von %1, zu sehen ist aber, was %2 sieht. Melden Sie sich als %2 an, oder brechen Sie ab und wählen Sie „Anders anmelden“ im Menü.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Go on with a token that belongs to no user?</source>
        <translation>Mit einem Token fortfahren, das keinem Benutzer gehört?</translation>
    </message>
    <message>
        <source>It is an application&apos;s. What is shown is what %1 sees, and what waits, such as a credential that is being created, would be done by the application instead. The token is used until you quit and is not kept.</source>
        <translation>Es gehört einer Anwendung. Zu sehen ist, was %1 sieht, und was noch wartet, etwa das Erstellen von Zugangsdaten, geschähe stattdessen im Namen der Anwendung. Das Token gilt, bis Sie das Programm beenden, und wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Go on as %1?</source>
        <translation>Als %1 fortfahren?</translation>
    </message>
    <message>
        <source>The token before belonged to no user. What waits, such as a credential that is being created, would be done by %1. The token is used until you quit and is not kept.</source>
        <translation>Das bisherige Token gehörte keinem Benutzer. Was noch wartet, etwa das Erstellen von Zugangsdaten, geschähe im Namen von %1. Das Token gilt, bis Sie das Programm beenden, und wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Use this token</source>
        <translation>Dieses Token verwenden</translation>
    </message>
    <message>
        <source>Enter another</source>
        <translation>Ein anderes eingeben</translation>
    </message>
    <message>
        <source>%1 no longer accepts your token: it has expired or was revoked.</source>
        <translation>%1 nimmt Ihr Token nicht mehr an: Es ist abgelaufen oder wurde widerrufen.</translation>
    </message>
    <message>
        <source>Sign in again to go on. What is shown and what you have typed stays as it is.</source>
        <translation>Melden Sie sich neu an, um weiterzumachen. Was zu sehen ist und was Sie eingegeben haben, bleibt, wie es ist.</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Open the sandbox</source>
        <translation>Sandbox öffnen</translation>
    </message>
    <message>
        <source>Or try it first: the sandbox is sample data on this computer. It needs no account and no network.</source>
        <translation>Oder probieren Sie es erst aus: Die Sandbox besteht aus Beispieldaten auf diesem Computer. Sie braucht weder Konto noch Netzwerk.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Open Credenza on sample data</source>
        <translation>Credenza mit Beispieldaten öffnen</translation>
    </message>
    <message>
        <source>Stay signed in as before (Esc)</source>
        <translation>Wie bisher angemeldet bleiben (Esc)</translation>
    </message>
    <message>
        <source>Leave the program (Esc)</source>
        <translation>Programm beenden (Esc)</translation>
    </message>
    <message>
        <source>P&amp;rofile</source>
        <translation>P&amp;rofil</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Vergessen</translation>
    </message>
    <message>
        <source>Settin&amp;gs…</source>
        <translation>Einstellun&amp;gen …</translation>
    </message>
    <message>
        <source>Stay signed &amp;in on this computer</source>
        <translation>Auf diesem Rechner angemeldet ble&amp;iben</translation>
    </message>
    <message>
        <source>Who signed in before, and where</source>
        <translation>Wer schon angemeldet war, und wo</translation>
    </message>
    <message>
        <source>Forget this profile and its token</source>
        <translation>Dieses Profil und sein Token vergessen</translation>
    </message>
    <message>
        <source>Server &amp;URL</source>
        <translation>Server-&amp;URL</translation>
    </message>
    <message>
        <source>Server URL</source>
        <translation>Server-URL</translation>
    </message>
    <message>
        <source>Name, proxy, certificate authority, production and read only</source>
        <translation>Name, Proxy, Zertifizierungsstelle, Produktion und Nur-Lesen</translation>
    </message>
    <message>
        <source>Sign in with what is entered (Enter)</source>
        <translation>Mit den Eingaben anmelden (Eingabetaste)</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>A user or application token for %1. This computer has no keychain that Credenza can use, so the token is kept in memory until you quit. It is sent to this server alone.</source>
        <translation>Ein Benutzer- oder Anwendungs-Token für %1. Dieser Rechner hat keinen Schlüsselbund, den Credenza benutzen kann; das Token bleibt im Speicher, bis Sie das Programm beenden. Es geht nur an diesen Server.</translation>
    </message>
    <message>
        <source>A user or application token for %1. It is kept in the keychain of this computer until you sign out, and sent to this server alone.</source>
        <translation>Ein Benutzer- oder Anwendungs-Token für %1. Es liegt im Schlüsselbund dieses Rechners, bis Sie sich abmelden, und geht nur an diesen Server.</translation>
    </message>
    <message>
        <source>A user or application token for %1. It is kept in memory until you quit, and sent to this server alone.</source>
        <translation>Ein Benutzer- oder Anwendungs-Token für %1. Es bleibt im Speicher, bis Sie das Programm beenden, und geht nur an diesen Server.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>%1 vergessen?</translation>
    </message>
    <message>
        <source>Its settings and its token are removed from this computer. Nothing changes on the server.</source>
        <translation>Einstellungen und Token werden von diesem Rechner entfernt. Auf dem Server ändert sich nichts.</translation>
    </message>
    <message>
        <source>The proxy&apos;s password was not read: %1</source>
        <translation>Das Passwort des Proxys wurde nicht gelesen: %1</translation>
    </message>
    <message>
        <source>A user or application token for %1. It is sent to this server alone.</source>
        <translation>Ein Benutzer- oder Anwendungstoken für %1. Es wird nur an diesen Server gesendet.</translation>
    </message>
    <message>
        <source>Browse and manage service credentials on the Losant IoT platform.</source>
        <translation>Zugangsdaten für Dienste auf der IoT-Plattform Losant ansehen und verwalten.</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Two-factor &amp;code</source>
        <translation>Zwei-Faktor-&amp;Code</translation>
    </message>
    <message>
        <source>Error message</source>
        <translation>Fehlermeldung</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Anmeldung läuft</translation>
    </message>
    <message>
        <source>API &amp;token</source>
        <translation>API-&amp;Token</translation>
    </message>
    <message>
        <source>API token</source>
        <translation>API-Token</translation>
    </message>
    <message>
        <source>&amp;Email</source>
        <translation>&amp;E-Mail</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Kennwort</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Two-factor code</source>
        <translation>Zwei-Faktor-Code</translation>
    </message>
    <message>
        <source>Six digits, from your authenticator app</source>
        <translation>Sechs Ziffern aus Ihrer Authenticator-App</translation>
    </message>
    <message>
        <source>Paste an API token first.</source>
        <translation>Fügen Sie zuerst ein API-Token ein.</translation>
    </message>
    <message>
        <source>Enter your email address first.</source>
        <translation>Geben Sie zuerst Ihre E-Mail-Adresse ein.</translation>
    </message>
    <message>
        <source>“%1” is not an email address.</source>
        <translation>„%1“ ist keine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>Enter your password first.</source>
        <translation>Geben Sie zuerst Ihr Kennwort ein.</translation>
    </message>
    <message>
        <source>This account is locked after too many tries. Wait a while, or reset the password in the Losant console.</source>
        <translation>Dieses Konto ist nach zu vielen Versuchen gesperrt. Warten Sie eine Weile, oder setzen Sie das Kennwort in der Losant-Konsole zurück.</translation>
    </message>
    <message>
        <source>The email address or the password is not accepted. If the account uses two-factor authentication, enter its code as well.</source>
        <translation>E-Mail-Adresse oder Kennwort wird nicht angenommen. Wenn das Konto Zwei-Faktor-Anmeldung benutzt, geben Sie auch deren Code ein.</translation>
    </message>
    <message>
        <source>The email address, the password or the two-factor code is not accepted.</source>
        <translation>E-Mail-Adresse, Kennwort oder Zwei-Faktor-Code wird nicht angenommen.</translation>
    </message>
    <message>
        <source>This account uses two-factor authentication. Enter the code that your authenticator app shows.</source>
        <translation>Dieses Konto benutzt Zwei-Faktor-Anmeldung. Geben Sie den Code ein, den Ihre Authenticator-App zeigt.</translation>
    </message>
    <message>
        <source>The two-factor code is not accepted. It changes every half a minute: enter the one that your authenticator app shows now.</source>
        <translation>Der Zwei-Faktor-Code wird nicht angenommen. Er wechselt jede halbe Minute: Geben Sie den ein, den Ihre Authenticator-App jetzt zeigt.</translation>
    </message>
    <message>
        <source>Losant has not verified your email address yet, and may refuse things until then. Follow the link in the mail that it sent you.</source>
        <translation>Losant hat Ihre E-Mail-Adresse noch nicht bestätigt und lehnt bis dahin vielleicht manches ab. Folgen Sie dem Link in der Mail, die Sie bekommen haben.</translation>
    </message>
    <message>
        <source>%1 signs in by single sign-on, which needs a browser. Make an API token in the Losant console and paste it here.</source>
        <translation>%1 meldet sich über Single Sign-on an, was einen Browser braucht. Legen Sie in der Losant-Konsole ein API-Token an und fügen Sie es hier ein.</translation>
    </message>
    <message>
        <source>With an &amp;API token</source>
        <translation>Mit einem &amp;API-Token</translation>
    </message>
    <message>
        <source>With email and pass&amp;word</source>
        <translation>Mit E-Mail und Kenn&amp;wort</translation>
    </message>
    <message numerus="yes">
        <source>The password is sent to %1 alone and is not kept. Credenza asks for a token that ends after %n day(s) and permits no more than: %2.</source>
        <translation>
            <numerusform>Das Kennwort geht nur an %1 und wird nicht aufbewahrt. Credenza verlangt ein Token, das nach %n Tag endet und nicht mehr erlaubt als: %2.</numerusform>
            <numerusform>Das Kennwort geht nur an %1 und wird nicht aufbewahrt. Credenza verlangt ein Token, das nach %n Tagen endet und nicht mehr erlaubt als: %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>The token that the server gave can&apos;t be used: it holds a blank, a line break or another character that no token has. Check that the server URL is that of a Losant API.</source>
        <translation>Das Token, das der Server gegeben hat, ist nicht zu gebrauchen: Es enthält ein Leerzeichen, einen Zeilenumbruch oder ein anderes Zeichen, das kein Token hat. Prüfen Sie, ob die Server-URL zu einer Losant-API gehört.</translation>
    </message>
    <message>
        <source>The field holds the token alone now. What stood around it or cut it is left out.</source>
        <translation>Das Feld enthält jetzt nur noch das Token. Was darum herum stand oder es zerteilte, ist weggelassen.</translation>
    </message>
    <message>
        <source>This is no API token: %1</source>
        <translation>Das ist kein API-Token: %1</translation>
    </message>
    <message>
        <source>Cancelled. You are not signed in, and what you entered is still here.</source>
        <translation>Abgebrochen. Sie sind nicht angemeldet, und was Sie eingegeben haben, steht noch hier.</translation>
    </message>
    <message>
        <source>&lt;a href=&quot;%1&quot;&gt;Where to make a token&lt;/a&gt;</source>
        <translation>&lt;a href=&quot;%1&quot;&gt;Wo man ein Token anlegt&lt;/a&gt;</translation>
    </message>
</context>
<context>
    <name>StartOptions</name>
    <message>
        <source>Open on the built-in sandbox: sample data, no account and no network needed.</source>
        <translation>Öffnet die eingebaute Sandbox: Beispieldaten, weder Konto noch Netzwerk nötig.</translation>
    </message>
    <message>
        <source>Use the Losant API at URL instead of api.losant.com. LOSANT_API_URL does the same.</source>
        <translation>Verwendet die Losant-API unter URL statt api.losant.com. LOSANT_API_URL bewirkt dasselbe.</translation>
    </message>
    <message>
        <source>Open the application with this ID.</source>
        <translation>Öffnet die Anwendung mit dieser ID.</translation>
    </message>
    <message>
        <source>“%1” is not an option. See --help.</source>
        <translation>„%1“ ist keine Option. Siehe --help.</translation>
    </message>
    <message>
        <source>LOSANT_API_TOKEN holds no API token: %1</source>
        <translation>LOSANT_API_TOKEN enthält kein API-Token: %1</translation>
    </message>
    <message>
        <source>“%1” is not the ID of an application: that is 24 digits from 0 to 9 and a to f.</source>
        <translation>„%1“ ist nicht die ID einer Anwendung: Das sind 24 Stellen von 0 bis 9 und a bis f.</translation>
    </message>
    <message>
        <source>Browse and manage service credentials on the Losant IoT platform.
LOSANT_API_TOKEN, if set, signs in with that token.</source>
        <translation>Zugangsdaten für Dienste auf der IoT-Plattform Losant ansehen und verwalten.
LOSANT_API_TOKEN, falls gesetzt, meldet mit diesem Token an.</translation>
    </message>
</context>
<context>
    <name>StrayText</name>
    <message>
        <source>control character</source>
        <translation>Steuerzeichen</translation>
    </message>
    <message>
        <source>line break</source>
        <translation>Zeilenumbruch</translation>
    </message>
    <message>
        <source>no-break space</source>
        <translation>geschütztes Leerzeichen</translation>
    </message>
    <message>
        <source>typographic quote</source>
        <translation>typografisches Anführungszeichen</translation>
    </message>
    <message>
        <source>soft hyphen</source>
        <translation>weiches Trennzeichen</translation>
    </message>
    <message>
        <source>acute accent</source>
        <translation>Akutakzent</translation>
    </message>
    <message>
        <source>bullet</source>
        <translation>Aufzählungspunkt</translation>
    </message>
    <message>
        <source>combining grapheme joiner</source>
        <translation>kombinierender Graphemverbinder</translation>
    </message>
    <message>
        <source>Arabic letter mark</source>
        <translation>arabisches Richtungszeichen</translation>
    </message>
    <message>
        <source>Hangul filler</source>
        <translation>Hangul-Füllzeichen</translation>
    </message>
    <message>
        <source>odd blank</source>
        <translation>besonderes Leerzeichen</translation>
    </message>
    <message>
        <source>invisible vowel</source>
        <translation>unsichtbarer Vokal</translation>
    </message>
    <message>
        <source>variation selector</source>
        <translation>Variantenselektor</translation>
    </message>
    <message>
        <source>Mongolian vowel separator</source>
        <translation>mongolischer Vokaltrenner</translation>
    </message>
    <message>
        <source>zero width space</source>
        <translation>Leerzeichen ohne Breite</translation>
    </message>
    <message>
        <source>zero width non-joiner</source>
        <translation>Bindehemmer ohne Breite</translation>
    </message>
    <message>
        <source>zero width joiner</source>
        <translation>Verbinder ohne Breite</translation>
    </message>
    <message>
        <source>left-to-right mark</source>
        <translation>Links-nach-rechts-Zeichen</translation>
    </message>
    <message>
        <source>right-to-left mark</source>
        <translation>Rechts-nach-links-Zeichen</translation>
    </message>
    <message>
        <source>typographic dash</source>
        <translation>typografischer Strich</translation>
    </message>
    <message>
        <source>ellipsis, which stands for a part that is missing</source>
        <translation>Auslassungspunkte, die für einen fehlenden Teil stehen</translation>
    </message>
    <message>
        <source>direction control</source>
        <translation>Richtungssteuerung</translation>
    </message>
    <message>
        <source>end of a direction control</source>
        <translation>Ende einer Richtungssteuerung</translation>
    </message>
    <message>
        <source>direction override</source>
        <translation>erzwungene Schreibrichtung</translation>
    </message>
    <message>
        <source>narrow no-break space</source>
        <translation>schmales geschütztes Leerzeichen</translation>
    </message>
    <message>
        <source>prime</source>
        <translation>Minutenzeichen</translation>
    </message>
    <message>
        <source>word joiner</source>
        <translation>Wortverbinder</translation>
    </message>
    <message>
        <source>invisible operator</source>
        <translation>unsichtbarer Operator</translation>
    </message>
    <message>
        <source>invisible control</source>
        <translation>unsichtbares Steuerzeichen</translation>
    </message>
    <message>
        <source>minus sign</source>
        <translation>Minuszeichen</translation>
    </message>
    <message>
        <source>blank Braille pattern</source>
        <translation>leeres Braille-Zeichen</translation>
    </message>
    <message>
        <source>ideographic space</source>
        <translation>ideografisches Leerzeichen</translation>
    </message>
    <message>
        <source>half of a character</source>
        <translation>halbes Zeichen</translation>
    </message>
    <message>
        <source>character without a meaning</source>
        <translation>Zeichen ohne Bedeutung</translation>
    </message>
    <message>
        <source>byte order mark</source>
        <translation>Byte-Reihenfolge-Markierung</translation>
    </message>
    <message>
        <source>full-width character</source>
        <translation>Zeichen voller Breite</translation>
    </message>
    <message>
        <source>replacement of a character that was lost</source>
        <translation>Ersatz für ein verlorenes Zeichen</translation>
    </message>
    <message>
        <source>tag character</source>
        <translation>Tag-Zeichen</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>%1st</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1nd</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1rd</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1th</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>asterisk</source>
        <translation>Sternchen</translation>
    </message>
    <message>
        <source>%1, at the start</source>
        <translation>%1, am Anfang</translation>
    </message>
    <message>
        <source>%1, after the %2 character</source>
        <translation>%1, nach dem %2 Zeichen</translation>
    </message>
</context>
<context>
    <name>TextFile</name>
    <message>
        <source>“%1” is not a file.</source>
        <translation>„%1“ ist keine Datei.</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read: %2.</source>
        <translation>„%1“ lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>“%1” is not a text file. Keys are needed as PEM or JSON.</source>
        <translation>„%1“ ist keine Textdatei. Schlüssel werden als PEM oder JSON benötigt.</translation>
    </message>
    <message>
        <source>“%1” is a folder. Choose a file in it.</source>
        <translation>„%1“ ist ein Ordner. Wählen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>“%1” does not exist any more.</source>
        <translation>„%1“ gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>“%1” is too large to be a key: %2, and at most %3 are read.</source>
        <translation>„%1“ ist zu groß für einen Schlüssel: %2, und höchstens %3 werden gelesen.</translation>
    </message>
    <message>
        <source>“%1” is not a text file but DER, the binary form. Convert it to PEM: “openssl pkey -inform der” for a key, “openssl x509 -inform der” for a certificate.</source>
        <translation>„%1“ ist keine Textdatei, sondern DER, die binäre Form. Wandeln Sie die Datei in PEM um: mit „openssl pkey -inform der“ einen Schlüssel, mit „openssl x509 -inform der“ ein Zertifikat.</translation>
    </message>
    <message>
        <source>“%1” is too large to be a key: %2 characters, and at most %3 are taken.</source>
        <translation>„%1“ ist zu groß für einen Schlüssel: %2 Zeichen, und höchstens %3 werden genommen.</translation>
    </message>
</context>
<context>
    <name>TextOffer</name>
    <message>
        <source>This field takes no files. Copy the text itself and paste it here.</source>
        <translation>Dieses Feld nimmt keine Dateien. Kopieren Sie den Text selbst, und fügen Sie ihn hier ein.</translation>
    </message>
    <message>
        <source>These are several files. Choose one of them.</source>
        <translation>Das sind mehrere Dateien. Wählen Sie eine davon.</translation>
    </message>
    <message>
        <source>This is an address, not a file of this computer. Download the file, then open it here.</source>
        <translation>Das ist eine Adresse und keine Datei dieses Computers. Laden Sie die Datei herunter, und öffnen Sie sie dann hier.</translation>
    </message>
    <message>
        <source>%1 characters are more than this field can hold: %2.</source>
        <translation>%1 Zeichen sind mehr, als in dieses Feld passen: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 characters in %n line(s) are too much to be edited here. Paste only the part that belongs here.</source>
        <translation>
            <numerusform>%1 Zeichen in %n Zeile sind zu viel, um hier bearbeitet zu werden. Fügen Sie nur den Teil ein, der hierher gehört.</numerusform>
            <numerusform>%1 Zeichen in %n Zeilen sind zu viel, um hier bearbeitet zu werden. Fügen Sie nur den Teil ein, der hierher gehört.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextTools</name>
    <message>
        <source>The first %1 of %2 characters.</source>
        <translation>Die ersten %1 von %2 Zeichen.</translation>
    </message>
</context>
<context>
    <name>TextValueEditor</name>
    <message numerus="yes">
        <source>Text of %1 characters in %n line(s), kept as it is. Type or paste something in its place, or press Delete to clear it.</source>
        <translation>
            <numerusform>Text mit %1 Zeichen in %n Zeile, bleibt wie er ist. Tippen oder fügen Sie an seiner Stelle etwas ein, oder drücken Sie Entf, um ihn zu leeren.</numerusform>
            <numerusform>Text mit %1 Zeichen in %n Zeilen, bleibt wie er ist. Tippen oder fügen Sie an seiner Stelle etwas ein, oder drücken Sie Entf, um ihn zu leeren.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TokenProblem</name>
    <message>
        <source>it is a web address. Copy the token itself.</source>
        <translation>Es ist eine Web-Adresse. Kopieren Sie das Token selbst.</translation>
    </message>
    <message>
        <source>it is an ID, such as that of an application. Make a token in the Losant console, and copy it when it is shown.</source>
        <translation>Es ist eine ID, etwa die einer Anwendung. Erstellen Sie ein Token in der Losant-Konsole, und kopieren Sie es, wenn es angezeigt wird.</translation>
    </message>
    <message>
        <source>it is an access key, as devices have. Make a token in the Losant console, and copy it when it is shown.</source>
        <translation>Es ist ein Zugriffsschlüssel, wie ihn Geräte haben. Erstellen Sie ein Token in der Losant-Konsole, und kopieren Sie es, wenn es angezeigt wird.</translation>
    </message>
    <message>
        <source>it only stands for one. Copy the token itself.</source>
        <translation>Es steht nur für eines. Kopieren Sie das Token selbst.</translation>
    </message>
    <message>
        <source>it is the name of one. Copy the token itself.</source>
        <translation>Es ist der Name eines Tokens. Kopieren Sie das Token selbst.</translation>
    </message>
    <message>
        <source>it is what a field shows that hides its text. Copy the token where it is shown.</source>
        <translation>Es ist das, was ein Feld zeigt, das seinen Text verbirgt. Kopieren Sie das Token dort, wo es zu sehen ist.</translation>
    </message>
    <message>
        <source>there is more than one. Copy one alone.</source>
        <translation>Es sind mehrere. Kopieren Sie nur eines.</translation>
    </message>
    <message>
        <source>a token is one word of ASCII characters, without blanks or line breaks. Copy it again, and nothing else.</source>
        <translation>Ein Token ist ein Wort aus ASCII-Zeichen, ohne Leerzeichen oder Zeilenumbrüche. Kopieren Sie es noch einmal, und nichts anderes.</translation>
    </message>
</context>
<context>
    <name>TokenRemoval</name>
    <message>
        <source>You are signed out. The keychain has not answered yet: the token is removed from it as soon as it does, or at the next start.</source>
        <translation>Sie sind abgemeldet. Der Schlüsselbund hat noch nicht geantwortet: Das Token wird entfernt, sobald er es tut, oder beim nächsten Start.</translation>
    </message>
    <message>
        <source>The profile is forgotten. The keychain has not answered yet: the token is removed from it as soon as it does, or at the next start.</source>
        <translation>Das Profil ist vergessen. Der Schlüsselbund hat noch nicht geantwortet: Das Token wird entfernt, sobald er es tut, oder beim nächsten Start.</translation>
    </message>
    <message>
        <source>The token has been removed from the keychain.</source>
        <translation>Das Token wurde aus dem Schlüsselbund entfernt.</translation>
    </message>
    <message>
        <source>You are signed out here, but the keychain still holds the token: %1
It is removed at the next start, if the keychain lets it be.</source>
        <translation>Sie sind hier abgemeldet, aber der Schlüsselbund enthält noch das Token: %1
Es wird beim nächsten Start entfernt, wenn der Schlüsselbund das zulässt.</translation>
    </message>
    <message>
        <source>The profile is forgotten, but the keychain still holds its token: %1
It is removed at the next start, if the keychain lets it be.</source>
        <translation>Das Profil ist vergessen, aber der Schlüsselbund enthält noch sein Token: %1
Es wird beim nächsten Start entfernt, wenn der Schlüsselbund das zulässt.</translation>
    </message>
    <message>
        <source>The keychain still holds a token that you have signed out of: %1
It is removed at the next start, if the keychain lets it be.</source>
        <translation>Der Schlüsselbund enthält noch ein Token, von dem Sie sich abgemeldet haben: %1
Es wird beim nächsten Start entfernt, wenn der Schlüsselbund das zulässt.</translation>
    </message>
</context>
<context>
    <name>TokenStore</name>
    <message>
        <source>The keychain is locked.</source>
        <translation>Der Schlüsselbund ist gesperrt.</translation>
    </message>
    <message>
        <source>There is no keychain.</source>
        <translation>Es gibt keinen Schlüsselbund.</translation>
    </message>
    <message>
        <source>The keychain failed: %1</source>
        <translation>Der Schlüsselbund meldet einen Fehler: %1</translation>
    </message>
    <message>
        <source>What the keychain holds for this profile belongs to another server or account, and was not used.</source>
        <translation>Was der Schlüsselbund für dieses Profil enthält, gehört zu einem anderen Server oder Konto und wurde nicht verwendet.</translation>
    </message>
    <message>
        <source>The keychain does not answer.</source>
        <translation>Der Schlüsselbund antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Only https:// addresses are used, so that nobody can read along.</source>
        <translation>Nur https://-Adressen werden verwendet, damit niemand mitlesen kann.</translation>
    </message>
    <message>
        <source>The server URL holds more than https://, a host, a port and a path. Correct it in the sign-in dialog.</source>
        <translation>Die Server-URL enthält mehr als https://, Rechner, Port und Pfad. Berichtigen Sie sie im Anmeldedialog.</translation>
    </message>
    <message>
        <source>The Losant domain in the profile&apos;s settings is no host name. Correct it there.</source>
        <translation>Die Losant-Domain in den Einstellungen des Profils ist kein Rechnername. Berichtigen Sie sie dort.</translation>
    </message>
    <message>
        <source>The user name of the proxy in the profile&apos;s settings holds a line break or another control character. Correct it there.</source>
        <translation>Der Benutzername des Proxys in den Einstellungen des Profils enthält einen Zeilenumbruch oder ein anderes Steuerzeichen. Berichtigen Sie ihn dort.</translation>
    </message>
    <message>
        <source>The API token holds a blank, a line break or another character that no token has. Sign in with another one.</source>
        <translation>Das API-Token enthält ein Leerzeichen, einen Zeilenumbruch oder ein anderes Zeichen, das kein Token hat. Melden Sie sich mit einem anderen an.</translation>
    </message>
    <message>
        <source>“.” and “..” are no IDs of an application.</source>
        <translation>„.“ und „..“ sind keine IDs einer Anwendung.</translation>
    </message>
</context>
<context>
    <name>TypeChooser</name>
    <message>
        <source>Type to find</source>
        <translation>Typ suchen</translation>
    </message>
    <message>
        <source>Find a credential type</source>
        <translation>Typ der Zugangsdaten suchen</translation>
    </message>
    <message>
        <source>Credential type</source>
        <translation>Typ der Zugangsdaten</translation>
    </message>
    <message>
        <source>No type has that in its name.</source>
        <translation>Kein Typ hat das im Namen.</translation>
    </message>
    <message>
        <source>%1 problem</source>
        <translation>Problem bei „%1“</translation>
    </message>
    <message>
        <source>Go to the search</source>
        <translation>Zur Suche</translation>
    </message>
</context>
<context>
    <name>UnreadApplicationsDialog</name>
    <message>
        <source>Applications that could not be read</source>
        <translation>Anwendungen, die nicht gelesen werden konnten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Their credentials are missing here, or are as they were before.</source>
        <translation>Ihre Zugangsdaten fehlen hier oder sind auf dem früheren Stand.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Read these applications again</source>
        <translation>Diese Anwendungen noch einmal lesen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>UsageMessages</name>
    <message>
        <source>Workflows and integrations could not be looked at. %1</source>
        <translation>Workflows und Integrationen konnten nicht durchgesehen werden. %1</translation>
    </message>
    <message>
        <source>Workflows and integrations could not be looked at: the API token lacks the scope credential.linkedResources. Sign in with one that has it.</source>
        <translation>Workflows und Integrationen konnten nicht durchgesehen werden: Dem API-Token fehlt der Scope credential.linkedResources. Melden Sie sich mit einem an, das ihn hat.</translation>
    </message>
    <message>
        <source>Nor could the application&apos;s archive.</source>
        <translation>Das Archiv der Anwendung ebenso wenig.</translation>
    </message>
    <message>
        <source>The application&apos;s archive could not be looked at. %1</source>
        <translation>Das Archiv der Anwendung konnte nicht durchgesehen werden. %1</translation>
    </message>
    <message>
        <source>The application&apos;s archive could not be looked at: the API token lacks the scope application.get. Sign in with one that has it.</source>
        <translation>Das Archiv der Anwendung konnte nicht durchgesehen werden: Dem API-Token fehlt der Scope application.get. Melden Sie sich mit einem an, das ihn hat.</translation>
    </message>
    <message>
        <source>A name that a template makes does not show here.</source>
        <translation>Namen, die aus Vorlagen entstehen, erscheinen hier nicht.</translation>
    </message>
    <message>
        <source>Looking where it is used…</source>
        <translation>Es wird nachgesehen, wo sie verwendet werden …</translation>
    </message>
    <message>
        <source>Where it is used can&apos;t be found out: the server gave no ID of it.</source>
        <translation>Wo sie verwendet werden, lässt sich nicht feststellen: Der Server hat keine ID angegeben.</translation>
    </message>
    <message numerus="yes">
        <source>%n workflow(s)</source>
        <translation>
            <numerusform>%n Workflow</numerusform>
            <numerusform>%n Workflows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n version(s) of workflows</source>
        <translation>
            <numerusform>%n Workflow-Version</numerusform>
            <numerusform>%n Workflow-Versionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n integration(s)</source>
        <translation>
            <numerusform>%n Integration</numerusform>
            <numerusform>%n Integrationen</numerusform>
        </translation>
    </message>
    <message>
        <source>the application&apos;s archive</source>
        <translation>Archiv der Anwendung</translation>
    </message>
    <message>
        <source>Used by %1.</source>
        <translation>Verwendet von: %1.</translation>
    </message>
    <message>
        <source>Nothing was found that refers to it. It may be used all the same.</source>
        <translation>Es wurde nichts gefunden, das darauf verweist. Verwendet werden können sie trotzdem.</translation>
    </message>
    <message>
        <source>No workflow or integration was found that refers to it.</source>
        <translation>Es wurden weder Workflows noch Integrationen gefunden, die darauf verweisen.</translation>
    </message>
    <message>
        <source>The server may not have listed all of them.</source>
        <translation>Der Server hat möglicherweise nicht alle aufgelistet.</translation>
    </message>
    <message>
        <source>The server lists only %1 of %2.</source>
        <translation>Der Server listet nur %1 von %2 auf.</translation>
    </message>
    <message>
        <source>Application archive</source>
        <translation>Archiv der Anwendung</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Workflow</translation>
    </message>
    <message>
        <source>Version of a workflow</source>
        <translation>Version eines Workflows</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Integration</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Exports of the application</source>
        <translation>Exporte der Anwendung</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Inaktiv</translation>
    </message>
    <message>
        <source>The list shows the first %1.</source>
        <translation>Die Liste zeigt die ersten %1.</translation>
    </message>
    <message>
        <source>Stopped. It is not known where it is used.</source>
        <translation>Angehalten. Es ist nicht bekannt, wo sie verwendet werden.</translation>
    </message>
</context>
<context>
    <name>UsageNotice</name>
    <message>
        <source>What uses it refers to it by its name, and will not find it under another:</source>
        <translation>Was sie verwendet, verweist mit ihrem Namen darauf und findet sie unter einem anderen nicht:</translation>
    </message>
    <message>
        <source>What uses it fails once it is disabled:</source>
        <translation>Was sie verwendet, scheitert, sobald sie deaktiviert sind:</translation>
    </message>
    <message>
        <source>Rename %1 to %2? What uses it will not find it under the new name.</source>
        <translation>%1 in %2 umbenennen? Was sie verwendet, findet sie unter dem neuen Namen nicht.</translation>
    </message>
    <message>
        <source>Disable %1? Every use of it fails until it is enabled again.</source>
        <translation>%1 deaktivieren? Jede Verwendung scheitert, bis sie wieder aktiviert sind.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Deaktivieren</translation>
    </message>
</context>
<context>
    <name>UsageQuestion</name>
    <message>
        <source>Used by</source>
        <translation>Verwendet von</translation>
    </message>
    <message>
        <source>%1 is marked as production.</source>
        <translation>%1 ist als Produktion gekennzeichnet.</translation>
    </message>
</context>
<context>
    <name>UsedByView</name>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Used by status</source>
        <translation>Stand der Verwendung</translation>
    </message>
    <message>
        <source>Look once more where it is used</source>
        <translation>Noch einmal nachsehen, wo sie verwendet werden</translation>
    </message>
    <message>
        <source>Looking where it is used</source>
        <translation>Nachsehen, wo sie verwendet werden</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Verwendet von</translation>
    </message>
</context>
</TS>
