<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ApplicationTreeModel</name>
    <message numerus="yes">
        <source>%n credential(s)</source>
        <translation>
            <numerusform>%n credential</numerusform>
            <numerusform>%n credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuthorityProblem</name>
    <message numerus="yes">
        <source>in “%1” %n certificate(s) is damaged</source>
        <translation>
            <numerusform>in “%1” %n certificate is damaged</numerusform>
            <numerusform>in “%1” %n certificates are damaged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) can&apos;t be used; the first:</source>
        <translation>
            <numerusform>%n file can&apos;t be used:</numerusform>
            <numerusform>%n files can&apos;t be used; the first:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other certificate(s) is used.</source>
        <translation>
            <numerusform>%n other certificate is used.</numerusform>
            <numerusform>%n other certificates are used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeWords</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CredentialDetails</name>
    <message numerus="yes">
        <source>%n credentials selected</source>
        <translation>
            <numerusform>%n credential selected</numerusform>
            <numerusform>%n credentials selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DateText</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n month ago</numerusform>
            <numerusform>%n months ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n year ago</numerusform>
            <numerusform>%n years ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftValidator</name>
    <message numerus="yes">
        <source>There are %n more.</source>
        <translation>
            <numerusform>There is %n more.</numerusform>
            <numerusform>There are %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message numerus="yes">
        <source>The server has had too many requests. Try again in %n second(s).</source>
        <translation>
            <numerusform>The server has had too many requests. Try again in %n second.</numerusform>
            <numerusform>The server has had too many requests. Try again in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server has had too many requests. Try again in %n minute(s).</source>
        <translation>
            <numerusform>The server has had too many requests. Try again in %n minute.</numerusform>
            <numerusform>The server has had too many requests. Try again in %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server has had too many requests. Try again in %n hour(s).</source>
        <translation>
            <numerusform>The server has had too many requests. Try again in %n hour.</numerusform>
            <numerusform>The server has had too many requests. Try again in %n hours.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Expiry</name>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n month(s)</source>
        <translation>
            <numerusform>in %n month</numerusform>
            <numerusform>in %n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n year(s)</source>
        <translation>
            <numerusform>in %n year</numerusform>
            <numerusform>in %n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%Ln credential(s), in the order in which they are shown. No secret is among what is written: the platform does not tell them.</source>
        <translation>
            <numerusform>%Ln credential. No secret is among what is written: the platform does not tell them.</numerusform>
            <numerusform>%Ln credentials, in the order in which they are shown. No secret is among what is written: the platform does not tell them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln credential(s) written to “%1”.</source>
        <translation>
            <numerusform>%Ln credential written to “%1”.</numerusform>
            <numerusform>%Ln credentials written to “%1”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HttpExchange</name>
    <message numerus="yes">
        <source>The answer was not whole after %n second(s).</source>
        <translation>
            <numerusform>The answer was not whole after %n second.</numerusform>
            <numerusform>The answer was not whole after %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InventoryFilterBar</name>
    <message numerus="yes">
        <source>%Ln credential(s)</source>
        <translation>
            <numerusform>%Ln credential</numerusform>
            <numerusform>%Ln credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InventoryMessages</name>
    <message numerus="yes">
        <source>%Ln credential(s)</source>
        <translation>
            <numerusform>%Ln credential</numerusform>
            <numerusform>%Ln credentials</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s)</source>
        <translation>
            <numerusform>%Ln application</numerusform>
            <numerusform>%Ln applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s) could not be read</source>
        <translation>
            <numerusform>%Ln application could not be read</numerusform>
            <numerusform>%Ln applications could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s) could not be read.</source>
        <translation>
            <numerusform>%Ln application could not be read.</numerusform>
            <numerusform>%Ln applications could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PemRestoration</name>
    <message numerus="yes">
        <source>%n character(s) are removed.</source>
        <translation>
            <numerusform>%n character is removed.</numerusform>
            <numerusform>%n characters are removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) instead of %1.</source>
        <translation>
            <numerusform>%n line instead of %1.</numerusform>
            <numerusform>%n lines instead of %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SameKeyView</name>
    <message numerus="yes">
        <source>%n other(s) are not listed.</source>
        <translation>
            <numerusform>%n other is not listed.</numerusform>
            <numerusform>%n others are not listed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message numerus="yes">
        <source>The password is sent to %1 alone and is not kept. Credenza asks for a token that ends after %n day(s) and permits no more than: %2.</source>
        <translation>
            <numerusform>The password is sent to %1 alone and is not kept. Credenza asks for a token that ends after %n day and permits no more than: %2.</numerusform>
            <numerusform>The password is sent to %1 alone and is not kept. Credenza asks for a token that ends after %n days and permits no more than: %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextOffer</name>
    <message numerus="yes">
        <source>%1 characters in %n line(s) are too much to be edited here. Paste only the part that belongs here.</source>
        <translation>
            <numerusform>%1 characters in %n line are too much to be edited here. Paste only the part that belongs here.</numerusform>
            <numerusform>%1 characters in %n lines are too much to be edited here. Paste only the part that belongs here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextValueEditor</name>
    <message numerus="yes">
        <source>Text of %1 characters in %n line(s), kept as it is. Type or paste something in its place, or press Delete to clear it.</source>
        <translation>
            <numerusform>Text of %1 characters in %n line, kept as it is. Type or paste something in its place, or press Delete to clear it.</numerusform>
            <numerusform>Text of %1 characters in %n lines, kept as it is. Type or paste something in its place, or press Delete to clear it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UsageMessages</name>
    <message numerus="yes">
        <source>%n workflow(s)</source>
        <translation>
            <numerusform>%n workflow</numerusform>
            <numerusform>%n workflows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n version(s) of workflows</source>
        <translation>
            <numerusform>%n version of a workflow</numerusform>
            <numerusform>%n versions of workflows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n integration(s)</source>
        <translation>
            <numerusform>%n integration</numerusform>
            <numerusform>%n integrations</numerusform>
        </translation>
    </message>
</context>
</TS>
