<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>ActView</name>
    <message>
        <source>Left</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Right</translation>
    </message>
</context>
<context>
    <name>AdviceView</name>
    <message>
        <source>What to do now</source>
        <translation>What to do now</translation>
    </message>
    <message>
        <source>Who fixes it?</source>
        <translation>Who fixes it?</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Help is on its way</source>
        <translation>Help is on its way</translation>
    </message>
    <message>
        <source>Ask for help</source>
        <translation>Ask for help</translation>
    </message>
    <message>
        <source>Code to give on the phone</source>
        <translation>Code to give on the phone</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technical details</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>Copy the details</translation>
    </message>
    <message>
        <source>You, in a minute</source>
        <translation>You, in a minute</translation>
    </message>
    <message>
        <source>The helpdesk stays at your side if it does not work.</source>
        <translation>The helpdesk stays at your side if it does not work.</translation>
    </message>
    <message>
        <source>The helpdesk</source>
        <translation>The helpdesk</translation>
    </message>
    <message>
        <source>Call and read the code below; they see where you stopped.</source>
        <translation>Call and read the code below; they see where you stopped.</translation>
    </message>
    <message>
        <source>The IT department</source>
        <translation>The IT department</translation>
    </message>
    <message>
        <source>You cannot mend this yourself. Ask for help and they are told at once.</source>
        <translation>You cannot mend this yourself. Ask for help and they are told at once.</translation>
    </message>
    <message>
        <source>The telecom operator</source>
        <translation>The telecom operator</translation>
    </message>
    <message>
        <source>The helpdesk calls the operator for you.</source>
        <translation>The helpdesk calls the operator for you.</translation>
    </message>
    <message>
        <source>Human resources</source>
        <translation>Human resources</translation>
    </message>
    <message>
        <source>They hold your file. The helpdesk can put you through.</source>
        <translation>They hold your file. The helpdesk can put you through.</translation>
    </message>
    <message>
        <source>Details copied</source>
        <translation>Details copied</translation>
    </message>
</context>
<context>
    <name>BeforeCard</name>
    <message>
        <source>Before signing</source>
        <translation>Before signing</translation>
    </message>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>to do</translation>
    </message>
    <message>
        <source>Read to page %1</source>
        <translation>Read to page %1</translation>
    </message>
    <message>
        <source>To be read to page %1</source>
        <translation>To be read to page %1</translation>
    </message>
    <message>
        <source>See the document</source>
        <translation>See the document</translation>
    </message>
    <message>
        <source>I agree to sign electronically</source>
        <translation>I agree to sign electronically</translation>
    </message>
    <message>
        <source>Code typed</source>
        <translation>Code typed</translation>
    </message>
    <message>
        <source>Confirm that it is you</source>
        <translation>Confirm that it is you</translation>
    </message>
    <message>
        <source>Demonstration: the code is shown on the server’s console.</source>
        <translation>Demonstration: the code is shown on the server’s console.</translation>
    </message>
    <message>
        <source>Code sent to %1</source>
        <translation>Code sent to %1</translation>
    </message>
    <message>
        <source>The company knows no telephone number or e-mail address of yours.</source>
        <translation>The company knows no telephone number or e-mail address of yours.</translation>
    </message>
    <message>
        <source>A code comes by SMS to %1</source>
        <translation>A code comes by SMS to %1</translation>
    </message>
    <message>
        <source>A code comes to %1</source>
        <translation>A code comes to %1</translation>
    </message>
</context>
<context>
    <name>CannotStart</name>
    <message>
        <source>Helpdesk %1</source>
        <translation>Helpdesk %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Marhaba</source>
        <translation>Marhaba</translation>
    </message>
</context>
<context>
    <name>ChecksCard</name>
    <message>
        <source>Password of the box (on the label under it)</source>
        <translation>Password of the box (on the label under it)</translation>
    </message>
    <message>
        <source>Open the box</source>
        <translation>Open the box</translation>
    </message>
    <message>
        <source>Looking for the box</source>
        <translation>Looking for the box</translation>
    </message>
    <message>
        <source>A few seconds</source>
        <translation>A few seconds</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>No connection</translation>
    </message>
    <message>
        <source>Box detected</source>
        <translation>Box detected</translation>
    </message>
    <message>
        <source>No known box</source>
        <translation>No known box</translation>
    </message>
    <message>
        <source>not the one on your sheet, the helpdesk is told</source>
        <translation>not the one on your sheet, the helpdesk is told</translation>
    </message>
    <message>
        <source>PIN of the SIM card</source>
        <translation>PIN of the SIM card</translation>
    </message>
    <message>
        <source>This PIN is not the right one.</source>
        <translation>This PIN is not the right one.</translation>
    </message>
    <message>
        <source>Unlock the SIM card</source>
        <translation>Unlock the SIM card</translation>
    </message>
    <message>
        <source>SIM card</source>
        <translation>SIM card</translation>
    </message>
    <message>
        <source>The box does not say yet</source>
        <translation>The box does not say yet</translation>
    </message>
    <message>
        <source>no PIN asked for</source>
        <translation>no PIN asked for</translation>
    </message>
    <message>
        <source>SIM card active</source>
        <translation>SIM card active</translation>
    </message>
    <message numerus="yes">
        <source>%n tries left, the last one is kept</source>
        <translation>
            <numerusform>%n try left, which is kept</numerusform>
            <numerusform>%n tries left, the last one is kept</numerusform>
        </translation>
    </message>
    <message>
        <source>Internet reachable</source>
        <translation>Internet reachable</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>Internet</translation>
    </message>
    <message>
        <source>The company’s server answers</source>
        <translation>The company’s server answers</translation>
    </message>
    <message>
        <source>Asking the company’s server</source>
        <translation>Asking the company’s server</translation>
    </message>
    <message>
        <source>Checked as the test begins</source>
        <translation>Checked as the test begins</translation>
    </message>
    <message>
        <source>Call quality</source>
        <translation>Call quality</translation>
    </message>
    <message>
        <source>Test again (%1 at most)</source>
        <translation>Test again (%1 at most)</translation>
    </message>
    <message>
        <source>Test the line (%1 at most)</source>
        <translation>Test the line (%1 at most)</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>Cancel the test</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>The test starts when the signal stays good: %1 at most of your allowance.</source>
        <translation>The test starts when the signal stays good: %1 at most of your allowance.</translation>
    </message>
    <message>
        <source>Find a good spot, then test: %1 at most of your allowance.</source>
        <translation>Find a good spot, then test: %1 at most of your allowance.</translation>
    </message>
    <message>
        <source>Without the signal of the box, the call alone is measured: %1 at most of your allowance.</source>
        <translation>Without the signal of the box, the call alone is measured: %1 at most of your allowance.</translation>
    </message>
    <message>
        <source>Possible once the points above are settled</source>
        <translation>Possible once the points above are settled</translation>
    </message>
    <message>
        <source>Opening the line</source>
        <translation>Opening the line</translation>
    </message>
    <message>
        <source>Listening as in a call</source>
        <translation>Listening as in a call</translation>
    </message>
    <message>
        <source>A call while receiving</source>
        <translation>A call while receiving</translation>
    </message>
    <message>
        <source>A call while sending</source>
        <translation>A call while sending</translation>
    </message>
    <message>
        <source>%1, %2 at most of your allowance</source>
        <translation>%1, %2 at most of your allowance</translation>
    </message>
    <message>
        <source>Voice %1 out of 5</source>
        <translation>Voice %1 out of 5</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>loss %1</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 used</translation>
    </message>
</context>
<context>
    <name>ChoiceCard</name>
    <message>
        <source>Right answer</source>
        <translation>Right answer</translation>
    </message>
    <message>
        <source>Wrong answer</source>
        <translation>Wrong answer</translation>
    </message>
</context>
<context>
    <name>CodeForm</name>
    <message>
        <source>This code is too old now. Ask for another one.</source>
        <translation>This code is too old now. Ask for another one.</translation>
    </message>
    <message numerus="yes">
        <source>Another code in %n second(s)</source>
        <translation>
            <numerusform>Another code in %n second</numerusform>
            <numerusform>Another code in %n seconds</numerusform>
        </translation>
    </message>
    <message>
        <source>Send me the code</source>
        <translation>Send me the code</translation>
    </message>
    <message>
        <source>The code, six digits</source>
        <translation>The code, six digits</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>Six digits</translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left</source>
        <translation>
            <numerusform>%n try left</numerusform>
            <numerusform>%n tries left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It works for %n minute(s).</source>
        <translation>
            <numerusform>Good for %n minute.</numerusform>
            <numerusform>Good for %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send another code</source>
        <translation>Send another code</translation>
    </message>
</context>
<context>
    <name>CrashPage</name>
    <message>
        <source>Marhaba met a problem of its own</source>
        <translation>Marhaba met a problem of its own</translation>
    </message>
    <message>
        <source>It is not something you did. Everything you finished is kept.</source>
        <translation>It is not something you did. Everything you finished is kept.</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>What to do now</translation>
    </message>
    <message>
        <source>Restart Marhaba: it opens again where you were. If this page comes back, call the helpdesk and read the reference.</source>
        <translation>Restart Marhaba: it opens again where you were. If this page comes back, call the helpdesk and read the reference.</translation>
    </message>
    <message>
        <source>Reference to give on the phone</source>
        <translation>Reference to give on the phone</translation>
    </message>
    <message>
        <source>Restart Marhaba</source>
        <translation>Restart Marhaba</translation>
    </message>
    <message>
        <source>Copy diagnostic</source>
        <translation>Copy diagnostic</translation>
    </message>
    <message>
        <source>Diagnostic copied</source>
        <translation>Diagnostic copied</translation>
    </message>
</context>
<context>
    <name>DeviceBar</name>
    <message>
        <source>No headset</source>
        <translation>No headset</translation>
    </message>
    <message>
        <source>%1, default</source>
        <translation>%1, default</translation>
    </message>
    <message>
        <source>%1, not the default</source>
        <translation>%1, not the default</translation>
    </message>
    <message>
        <source>unplugged</source>
        <translation>unplugged</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>Ear piece</source>
        <translation>Ear piece</translation>
    </message>
    <message>
        <source>Sound goes to: %1</source>
        <translation>Sound goes to: %1</translation>
    </message>
    <message>
        <source>Not the model on your sheet; the helpdesk is told.</source>
        <translation>Not the model on your sheet; the helpdesk is told.</translation>
    </message>
    <message>
        <source>Bluetooth hands-free carries telephone sound only.</source>
        <translation>Bluetooth hands-free carries telephone sound only.</translation>
    </message>
    <message>
        <source>%1 (virtual)</source>
        <translation>%1 (virtual)</translation>
    </message>
    <message>
        <source>part of the PC, not a headset</source>
        <translation>part of the PC, not a headset</translation>
    </message>
    <message>
        <source>USB headset</source>
        <translation>USB headset</translation>
    </message>
    <message>
        <source>Bluetooth headset</source>
        <translation>Bluetooth headset</translation>
    </message>
    <message>
        <source>wired headset</source>
        <translation>wired headset</translation>
    </message>
    <message>
        <source>headset</source>
        <translation>headset</translation>
    </message>
    <message>
        <source>sound device</source>
        <translation>sound device</translation>
    </message>
</context>
<context>
    <name>DisplayPanel</name>
    <message>
        <source>Colours</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>Text size %1</source>
        <translation>Text size %1</translation>
    </message>
</context>
<context>
    <name>DoneView</name>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>awaited</source>
        <translation>awaited</translation>
    </message>
    <message>
        <source>Signed by you</source>
        <translation>Signed by you</translation>
    </message>
    <message>
        <source>Time stamp number %1</source>
        <translation>Time stamp number %1</translation>
    </message>
    <message>
        <source>Dated by a time-stamp authority</source>
        <translation>Dated by a time-stamp authority</translation>
    </message>
    <message>
        <source>Sealed by the company</source>
        <translation>Sealed by the company</translation>
    </message>
    <message>
        <source>Nobody can change a word of it any more without it showing.</source>
        <translation>Nobody can change a word of it any more without it showing.</translation>
    </message>
    <message>
        <source>Signed, time stamp awaited</source>
        <translation>Signed, time stamp awaited</translation>
    </message>
    <message>
        <source>The time-stamp authority does not answer now. It follows by itself; you have nothing more to do.</source>
        <translation>The time-stamp authority does not answer now. It follows by itself; you have nothing more to do.</translation>
    </message>
    <message>
        <source>Seal of the company awaited</source>
        <translation>Seal of the company awaited</translation>
    </message>
    <message>
        <source>It is set as soon as the time stamp has come.</source>
        <translation>It is set as soon as the time stamp has come.</translation>
    </message>
    <message>
        <source>Simple electronic signature with a certificate of the company (law 43-20).</source>
        <translation>Simple electronic signature with a certificate of the company (law 43-20).</translation>
    </message>
    <message>
        <source>Your identity was confirmed by a code sent to %1.</source>
        <translation>Your identity was confirmed by a code sent to %1.</translation>
    </message>
    <message>
        <source>In Documents: %1 and its proof %2</source>
        <translation>In Documents: %1 and its proof %2</translation>
    </message>
    <message>
        <source>Your copy is saved</source>
        <translation>Your copy is saved</translation>
    </message>
    <message>
        <source>Your copy follows</source>
        <translation>Your copy follows</translation>
    </message>
    <message>
        <source>It is saved in Documents when the time stamp has come.</source>
        <translation>It is saved in Documents when the time stamp has come.</translation>
    </message>
    <message>
        <source>Your copy is being saved</source>
        <translation>Your copy is being saved</translation>
    </message>
    <message>
        <source>Open my copy</source>
        <translation>Open my copy</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Show the folder</translation>
    </message>
    <message>
        <source>Save my copy again</source>
        <translation>Save my copy again</translation>
    </message>
    <message>
        <source>Fingerprint of your copy (SHA-256): %1</source>
        <translation>Fingerprint of your copy (SHA-256): %1</translation>
    </message>
    <message>
        <source>Your certificate: %1</source>
        <translation>Your certificate: %1</translation>
    </message>
</context>
<context>
    <name>FootBar</name>
    <message>
        <source>Checking…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>HelpCard</name>
    <message>
        <source>Need help?</source>
        <translation>Need help?</translation>
    </message>
    <message>
        <source>Helpdesk %1</source>
        <translation>Helpdesk %1</translation>
    </message>
    <message>
        <source>Give this code to the adviser:</source>
        <translation>Give this code to the adviser:</translation>
    </message>
    <message>
        <source>Copy diagnostic</source>
        <translation>Copy diagnostic</translation>
    </message>
    <message>
        <source>Open logs</source>
        <translation>Open logs</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>Diagnostic copied</source>
        <translation>Diagnostic copied</translation>
    </message>
    <message>
        <source>Place copied</source>
        <translation>Place copied</translation>
    </message>
    <message>
        <source>The folder cannot be opened on this PC. Its place is copied.</source>
        <translation>The folder cannot be opened on this PC. Its place is copied.</translation>
    </message>
</context>
<context>
    <name>Indicator</name>
    <message numerus="yes">
        <source>%n step(s) sent to IT</source>
        <translation>
            <numerusform>%n step sent to IT</numerusform>
            <numerusform>%n steps sent to IT</numerusform>
        </translation>
    </message>
    <message>
        <source>IT refuses the report, call the helpdesk</source>
        <translation>IT refuses the report, call the helpdesk</translation>
    </message>
    <message>
        <source>waiting for connection</source>
        <translation>waiting for connection</translation>
    </message>
    <message>
        <source>nothing to send yet</source>
        <translation>nothing to send yet</translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>%n to send</numerusform>
            <numerusform>%n to send</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing waiting</source>
        <translation>nothing waiting</translation>
    </message>
    <message numerus="yes">
        <source>%n refused by IT, call the helpdesk</source>
        <translation>
            <numerusform>%n refused by IT, call the helpdesk</numerusform>
            <numerusform>%n refused by IT, call the helpdesk</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of the report line</comment>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Digit %1</source>
        <translation>Digit %1</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Delete the last digit</translation>
    </message>
    <message>
        <source>Heard so far: %1</source>
        <translation>Heard so far: %1</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>nothing yet</translation>
    </message>
</context>
<context>
    <name>KitRow</name>
    <message>
        <source>Laptop</source>
        <translation>Laptop</translation>
    </message>
    <message>
        <source>4G box</source>
        <translation>4G box</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>Headset</translation>
    </message>
    <message>
        <source>This is the one</source>
        <translation>This is the one</translation>
    </message>
    <message>
        <source>I do not have it</source>
        <translation>I do not have it</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>Other number</translation>
    </message>
    <message>
        <source>Number written on the item</source>
        <translation>Number written on the item</translation>
    </message>
    <message>
        <source>Note this number</source>
        <translation>Note this number</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Change my answer</source>
        <translation>Change my answer</translation>
    </message>
    <message>
        <source>Reading the serial number of this PC…</source>
        <translation>Reading the serial number of this PC…</translation>
    </message>
    <message>
        <source>The box’s own number ends in %1, as on your sheet</source>
        <translation>The box’s own number ends in %1, as on your sheet</translation>
    </message>
    <message>
        <source>Sheet: %1. The box you placed says: %2. Noted, the helpdesk puts it right.</source>
        <translation>Sheet: %1. The box you placed says: %2. Noted, the helpdesk puts it right.</translation>
    </message>
    <message>
        <source>Serial number %1 read on this PC: identical</source>
        <translation>Serial number %1 read on this PC: identical</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>Confirmed by you</translation>
    </message>
    <message>
        <source>You do not have it. The helpdesk is told.</source>
        <translation>You do not have it. The helpdesk is told.</translation>
    </message>
    <message>
        <source>Sheet: %1. This PC says: %2. Noted, the helpdesk corrects the sheet.</source>
        <translation>Sheet: %1. This PC says: %2. Noted, the helpdesk corrects the sheet.</translation>
    </message>
    <message>
        <source>Sheet: %1. Yours: %2. Noted, the helpdesk corrects the sheet.</source>
        <translation>Sheet: %1. Yours: %2. Noted, the helpdesk corrects the sheet.</translation>
    </message>
    <message>
        <source>Do you have it with you?</source>
        <translation>Do you have it with you?</translation>
    </message>
    <message>
        <source>Sheet: no. %1. This PC does not show its number: look under it.</source>
        <translation>Sheet: no. %1. This PC does not show its number: look under it.</translation>
    </message>
    <message>
        <source>Sheet: no. %1. Is yours different?</source>
        <translation>Sheet: no. %1. Is yours different?</translation>
    </message>
</context>
<context>
    <name>LanguageSwitch</name>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Well done, one last promise</source>
        <translation>Well done, one last promise</translation>
    </message>
    <message>
        <source>Your question waits for you, nothing is lost.</source>
        <translation>Your question waits for you, nothing is lost.</translation>
    </message>
    <message>
        <source>Customers trust you with their data: these rules also protect you.</source>
        <translation>Customers trust you with their data: these rules also protect you.</translation>
    </message>
    <message numerus="yes">
        <source>Topic to revise %1 of %2 · %n minute(s) of reading.</source>
        <translation>
            <numerusform>Topic to revise %1 of %2 · %n minute of reading.</numerusform>
            <numerusform>Topic to revise %1 of %2 · %n minutes of reading.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Topic %1 of %2 · %n minute(s) of reading.</source>
        <translation>
            <numerusform>Topic %1 of %2 · %n minute of reading.</numerusform>
            <numerusform>Topic %1 of %2 · %n minutes of reading.</numerusform>
        </translation>
    </message>
    <message>
        <source>The tries are used up: you may read on, and the quiz opens again once the IT department has given new ones.</source>
        <translation>The tries are used up: you may read on, and the quiz opens again once the IT department has given new ones.</translation>
    </message>
    <message>
        <source>Question %1 of %2 · Topic: %3. You can read the rule again at any time.</source>
        <translation>Question %1 of %2 · Topic: %3. You can read the rule again at any time.</translation>
    </message>
    <message>
        <source>Back to the question</source>
        <translation>Back to the question</translation>
    </message>
    <message>
        <source>Read, on to the questions</source>
        <translation>Read, on to the questions</translation>
    </message>
    <message>
        <source>Read, next</source>
        <translation>Read, next</translation>
    </message>
    <message>
        <source>Connect this PC to your 4G box</source>
        <translation>Connect this PC to your 4G box</translation>
    </message>
    <message>
        <source>Place the box where the signal is strongest</source>
        <translation>Place the box where the signal is strongest</translation>
    </message>
    <message>
        <source>Your calls will go through it. Choose its Wi-Fi or plug in its cable: this page notices at once.</source>
        <translation>Your calls will go through it. Choose its Wi-Fi or plug in its cable: this page notices at once.</translation>
    </message>
    <message>
        <source>A good signal keeps your calls from dropping. Move the box: the curve reacts at once; set it down when it stays in the green.</source>
        <translation>A good signal keeps your calls from dropping. Move the box: the curve reacts at once; set it down when it stays in the green.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>The SIM card is unlocked.</source>
        <translation>The SIM card is unlocked.</translation>
    </message>
    <message>
        <source>This PIN is not the right one.</source>
        <translation>This PIN is not the right one.</translation>
    </message>
    <message>
        <source>The box is open.</source>
        <translation>The box is open.</translation>
    </message>
    <message>
        <source>The test of the line begins.</source>
        <translation>The test of the line begins.</translation>
    </message>
    <message>
        <source>The test is cancelled.</source>
        <translation>The test is cancelled.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>I promise</source>
        <translation>I promise</translation>
    </message>
    <message>
        <source>Take the time to read: the button wakes up in a moment.</source>
        <translation>Take the time to read: the button wakes up in a moment.</translation>
    </message>
    <message>
        <source>Go on whenever you are ready.</source>
        <translation>Go on whenever you are ready.</translation>
    </message>
    <message>
        <source>The rules have been updated since your last visit. Please read them again: only the new ones count.</source>
        <translation>The rules have been updated since your last visit. Please read them again: only the new ones count.</translation>
    </message>
    <message>
        <source>Your topics</source>
        <translation>Your topics</translation>
    </message>
    <message>
        <source>Read this rule again</source>
        <translation>Read this rule again</translation>
    </message>
    <message>
        <source>The quiz is passed</source>
        <translation>The quiz is passed</translation>
    </message>
    <message numerus="yes">
        <source>%n right answer(s) of %1</source>
        <translation>
            <numerusform>%n right answer of %1</numerusform>
            <numerusform>%n right answers of %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Version %1 of the rules</source>
        <translation>Version %1 of the rules</translation>
    </message>
    <message>
        <source>It is recorded with your promise.</source>
        <translation>It is recorded with your promise.</translation>
    </message>
    <message>
        <source>I have read these rules and I will apply them</source>
        <translation>I have read these rules and I will apply them</translation>
    </message>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>you are here</source>
        <translation>you are here</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>to come</translation>
    </message>
    <message>
        <source>to revise</source>
        <translation>to revise</translation>
    </message>
    <message>
        <source>Enter your activation code</source>
        <translation>Enter your activation code</translation>
    </message>
    <message>
        <source>Check that this is you and that this is your equipment</source>
        <translation>Check that this is you and that this is your equipment</translation>
    </message>
    <message>
        <source>It is on the sheet that came with your equipment, or in the text message from human resources. It pairs this workstation with you, once only.</source>
        <translation>It is on the sheet that came with your equipment, or in the text message from human resources. It pairs this workstation with you, once only.</translation>
    </message>
    <message>
        <source>The right person with the right equipment: that is what protects you if something goes missing.</source>
        <translation>The right person with the right equipment: that is what protects you if something goes missing.</translation>
    </message>
    <message>
        <source>Tell the helpdesk</source>
        <translation>Tell the helpdesk</translation>
    </message>
    <message>
        <source>The code is accepted. Check your equipment line by line.</source>
        <translation>The code is accepted. Check your equipment line by line.</translation>
    </message>
    <message>
        <source>Not now, I will type it</source>
        <translation>Not now, I will type it</translation>
    </message>
    <message>
        <source>Your equipment, line by line</source>
        <translation>Your equipment, line by line</translation>
    </message>
    <message>
        <source>This PC was prepared for you: the code is filled in and is checked by itself.</source>
        <translation>This PC was prepared for you: the code is filled in and is checked by itself.</translation>
    </message>
    <message>
        <source>“%1” is never in a code. Compare it with the sheet: 0, O, 1, I, L and U are not used.</source>
        <translation>“%1” is never in a code. Compare it with the sheet: 0, O, 1, I, L and U are not used.</translation>
    </message>
    <message>
        <source>A character is wrong or two are swapped. Compare the code with the sheet, group by group.</source>
        <translation>A character is wrong or two are swapped. Compare the code with the sheet, group by group.</translation>
    </message>
    <message>
        <source>That is more than 12 characters. Type only the code.</source>
        <translation>That is more than 12 characters. Type only the code.</translation>
    </message>
    <message>
        <source>Code valid</source>
        <translation>Code valid</translation>
    </message>
    <message>
        <source>Checking the code</source>
        <translation>Checking the code</translation>
    </message>
    <message>
        <source>Activation code, 12 characters</source>
        <translation>Activation code, 12 characters</translation>
    </message>
    <message>
        <source>Checking the code with the IT department, one minute at most.</source>
        <translation>Checking the code with the IT department, one minute at most.</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) to go.</source>
        <translation>
            <numerusform>%n character to go.</numerusform>
            <numerusform>%n characters to go.</numerusform>
        </translation>
    </message>
    <message>
        <source>No code? Call the helpdesk on %2 and give the number %1.</source>
        <translation>No code? Call the helpdesk on %2 and give the number %1.</translation>
    </message>
    <message>
        <source>No code? Call the helpdesk and give the number %1.</source>
        <translation>No code? Call the helpdesk and give the number %1.</translation>
    </message>
    <message>
        <source>Is this you?</source>
        <translation>Is this you?</translation>
    </message>
    <message>
        <source>Employee number %1</source>
        <translation>Employee number %1</translation>
    </message>
    <message>
        <source>First call: %1</source>
        <translation>First call: %1</translation>
    </message>
    <message>
        <source>Activity: %1</source>
        <translation>Activity: %1</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Language: %1</translation>
    </message>
    <message>
        <source>You can change it at any time</source>
        <translation>You can change it at any time</translation>
    </message>
    <message>
        <source>Do not go on: this workstation would carry another name. The helpdesk releases it and gives you your own code.</source>
        <translation>Do not go on: this workstation would carry another name. The helpdesk releases it and gives you your own code.</translation>
    </message>
    <message>
        <source>It is me after all</source>
        <translation>It is me after all</translation>
    </message>
    <message>
        <source>This is not me</source>
        <translation>This is not me</translation>
    </message>
    <message>
        <source>Your workstation is ready</source>
        <translation>Your workstation is ready</translation>
    </message>
    <message>
        <source>Something is left to finish</source>
        <translation>Something is left to finish</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Declare my workstation ready</source>
        <translation>Declare my workstation ready</translation>
    </message>
    <message>
        <source>Certificate %1, valid until %2</source>
        <translation>Certificate %1, valid until %2</translation>
    </message>
    <message>
        <source>Everything is checked</source>
        <translation>Everything is checked</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>What was checked</translation>
    </message>
    <message>
        <source>Save the certificate (PDF)</source>
        <translation>Save the certificate (PDF)</translation>
    </message>
    <message>
        <source>What is done is kept. Go back to the step pointed out, or ask for help.</source>
        <translation>What is done is kept. Go back to the step pointed out, or ask for help.</translation>
    </message>
    <message>
        <source>You can take calls from home.</source>
        <translation>You can take calls from home.</translation>
    </message>
    <message>
        <source>One last press and you are ready to take calls.</source>
        <translation>One last press and you are ready to take calls.</translation>
    </message>
    <message>
        <source>First call planned: %1</source>
        <translation>First call planned: %1</translation>
    </message>
    <message>
        <source>Code to give on the phone: %1</source>
        <translation>Code to give on the phone: %1</translation>
    </message>
    <message>
        <source>Remark on: %1</source>
        <translation>Remark on: %1</translation>
    </message>
    <message>
        <source>The certificate could not be saved.</source>
        <translation>The certificate could not be saved.</translation>
    </message>
    <message>
        <source>Your copy is in Documents: %1</source>
        <translation>Your copy is in Documents: %1</translation>
    </message>
    <message>
        <source>Not done yet. Who goes on: you.</source>
        <translation>Not done yet. Who goes on: you.</translation>
    </message>
    <message>
        <source>%1. Who fixes it: %2.</source>
        <translation>%1. Who fixes it: %2.</translation>
    </message>
    <message>
        <source>Notice %1 accepted</source>
        <translation>Notice %1 accepted</translation>
    </message>
    <message>
        <source>equipment confirmed: %1 of %2</source>
        <translation>equipment confirmed: %1 of %2</translation>
    </message>
    <message>
        <source>Signed on %1</source>
        <translation>Signed on %1</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Passed</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Failed</translation>
    </message>
    <message>
        <source>With a remark</source>
        <translation>With a remark</translation>
    </message>
    <message>
        <source>Waived</source>
        <translation>Waived</translation>
    </message>
    <message>
        <source>Not applicable</source>
        <translation>Not applicable</translation>
    </message>
    <message>
        <source>Could not check</source>
        <translation>Could not check</translation>
    </message>
    <message>
        <source>you</source>
        <translation>you</translation>
    </message>
    <message>
        <source>the helpdesk</source>
        <translation>the helpdesk</translation>
    </message>
    <message>
        <source>the IT department</source>
        <translation>the IT department</translation>
    </message>
    <message>
        <source>the telecom operator</source>
        <translation>the telecom operator</translation>
    </message>
    <message>
        <source>human resources</source>
        <translation>human resources</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>Welcome back</translation>
    </message>
    <message>
        <source>Welcome, let us set up your workstation</source>
        <translation>Welcome, let us set up your workstation</translation>
    </message>
    <message numerus="yes">
        <source>Everything you did is kept. %n step(s) left.</source>
        <translation>
            <numerusform>Everything you did is kept. %n step left.</numerusform>
            <numerusform>Everything you did is kept. %n steps left.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is done.</source>
        <translation>Everything is done.</translation>
    </message>
    <message numerus="yes">
        <source>In about %n minute(s), your PC will be ready to take calls from home. You can stop at any time: nothing is lost.</source>
        <translation>
            <numerusform>In about %n minute, your PC will be ready to take calls from home. You can stop at any time: nothing is lost.</numerusform>
            <numerusform>In about %n minutes, your PC will be ready to take calls from home. You can stop at any time: nothing is lost.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to the first page</source>
        <translation>Back to the first page</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>This program checks the security of the workstation and sends it to the IT department. It does not listen to your calls or read your files.</source>
        <translation>This program checks the security of the workstation and sends it to the IT department. It does not listen to your calls or read your files.</translation>
    </message>
    <message>
        <source>I have read the notice and I accept it</source>
        <translation>I have read the notice and I accept it</translation>
    </message>
    <message>
        <source>I have finished reading</source>
        <translation>I have finished reading</translation>
    </message>
    <message>
        <source>Plug in</source>
        <translation>Plug in</translation>
    </message>
    <message>
        <source>the 4G box and your headset, supplied by the company</source>
        <translation>the 4G box and your headset, supplied by the company</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>your telework addendum, in French or in Arabic</source>
        <translation>your telework addendum, in French or in Arabic</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>who you are, your equipment and the security rules</source>
        <translation>who you are, your equipment and the security rules</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Work</translation>
    </message>
    <message>
        <source>as soon as the “Ready” light comes on</source>
        <translation>as soon as the “Ready” light comes on</translation>
    </message>
    <message>
        <source>What remains</source>
        <translation>What remains</translation>
    </message>
    <message>
        <source>Nothing remains</source>
        <translation>Nothing remains</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>Right answer</translation>
    </message>
    <message>
        <source>Not quite</source>
        <translation>Not quite</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>Simulation</translation>
    </message>
    <message>
        <source>Read the notice (law 09-08)</source>
        <translation>Read the notice (law 09-08)</translation>
    </message>
    <message>
        <source>Secure connection to the company</source>
        <translation>Secure connection to the company</translation>
    </message>
    <message>
        <source>The VPN encrypts all that travels between your home and our applications.</source>
        <translation>The VPN encrypts all that travels between your home and our applications.</translation>
    </message>
    <message>
        <source>The profile of « %1 » is already installed.</source>
        <translation>The profile of “%1” is already installed.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>Connect again</translation>
    </message>
    <message>
        <source>Stopped. Your PC is as it was before.</source>
        <translation>Stopped. Your PC is as it was before.</translation>
    </message>
    <message>
        <source>Sign in to open the tunnel.</source>
        <translation>Sign in to open the tunnel.</translation>
    </message>
    <message>
        <source>A code is asked for.</source>
        <translation>A code is asked for.</translation>
    </message>
    <message>
        <source>The gateway says: %1</source>
        <translation>The gateway says: %1</translation>
    </message>
</context>
<context>
    <name>ProofCards</name>
    <message>
        <source>Your PC</source>
        <translation>Your PC</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>encrypted</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>ready</translation>
    </message>
    <message>
        <source>4G box</source>
        <translation>4G box</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>connected</translation>
    </message>
    <message>
        <source>VPN gateway</source>
        <translation>VPN gateway</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>to come</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>they answer</source>
        <translation>they answer</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>checking</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identity</translation>
    </message>
    <message>
        <source>A cut will ask you nothing</source>
        <translation>A cut will ask you nothing</translation>
    </message>
    <message>
        <source>Identity accepted</source>
        <translation>Identity accepted</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>Your turn</translation>
    </message>
    <message>
        <source>Stopped. Your PC is as it was before.</source>
        <translation>Stopped. Your PC is as it was before.</translation>
    </message>
    <message>
        <source>The gateway checks who you are</source>
        <translation>The gateway checks who you are</translation>
    </message>
    <message>
        <source>Waiting for the gateway</source>
        <translation>Waiting for the gateway</translation>
    </message>
    <message>
        <source>The tunnel is being built again</source>
        <translation>The tunnel is being built again</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>Tunnel established</source>
        <translation>Tunnel established</translation>
    </message>
    <message>
        <source>Trying %1</source>
        <translation>Trying %1</translation>
    </message>
    <message>
        <source>Internal address %1</source>
        <translation>Internal address %1</translation>
    </message>
    <message numerus="yes">
        <source>back after %n cut(s)</source>
        <translation>
            <numerusform>back after %n cut</numerusform>
            <numerusform>back after %n cuts</numerusform>
        </translation>
    </message>
    <message>
        <source>session of %1 h</source>
        <translation>session of %1 h</translation>
    </message>
    <message>
        <source>No DNS leak</source>
        <translation>No DNS leak</translation>
    </message>
    <message>
        <source>Internal names</source>
        <translation>Internal names</translation>
    </message>
    <message>
        <source>Way to the Internet</source>
        <translation>Way to the Internet</translation>
    </message>
    <message>
        <source>Internal names must go through the tunnel</source>
        <translation>Internal names must go through the tunnel</translation>
    </message>
    <message>
        <source>Internal names go through the tunnel</source>
        <translation>Internal names go through the tunnel</translation>
    </message>
    <message>
        <source>Paths checked</source>
        <translation>Paths checked</translation>
    </message>
    <message>
        <source>This activity uses no internal names</source>
        <translation>This activity uses no internal names</translation>
    </message>
    <message>
        <source>Applications of your activity</source>
        <translation>Applications of your activity</translation>
    </message>
    <message>
        <source>None is named for this activity</source>
        <translation>None is named for this activity</translation>
    </message>
    <message>
        <source>%1 of %2 answer</source>
        <translation>%1 of %2 answer</translation>
    </message>
    <message>
        <source>its certificate is not recognised</source>
        <translation>its certificate is not recognised</translation>
    </message>
    <message>
        <source>its name is not known here</source>
        <translation>its name is not known here</translation>
    </message>
    <message>
        <source>reached outside the tunnel</source>
        <translation>reached outside the tunnel</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>no answer</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Call quality inside the tunnel</source>
        <translation>Call quality inside the tunnel</translation>
    </message>
    <message>
        <source>Listening as in a call</source>
        <translation>Listening as in a call</translation>
    </message>
    <message>
        <source>A call under load</source>
        <translation>A call under load</translation>
    </message>
    <message>
        <source>Not asked for by this activity</source>
        <translation>Not asked for by this activity</translation>
    </message>
    <message>
        <source>Voice expected: %1 out of 5 or better</source>
        <translation>Voice expected: %1 out of 5 or better</translation>
    </message>
    <message>
        <source>Voice %1 out of 5</source>
        <translation>Voice %1 out of 5</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 used</translation>
    </message>
    <message>
        <source>The gateway says: %1</source>
        <translation>The gateway says: %1</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
</context>
<context>
    <name>QuestionForm</name>
    <message>
        <source>User name</source>
        <translation>User name</translation>
    </message>
    <message>
        <source>Passphrase of this PC’s key</source>
        <translation>Passphrase of this PC’s key</translation>
    </message>
    <message>
        <source>Password of your company session</source>
        <translation>Password of your company session</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>Sign in on the page that opens in the browser, then come back here.</source>
        <translation>Sign in on the page that opens in the browser, then come back here.</translation>
    </message>
    <message>
        <source>The gateway answers; it wants to know who you are.</source>
        <translation>The gateway answers; it wants to know who you are.</translation>
    </message>
    <message>
        <source>Your password is accepted. One more thing: the code.</source>
        <translation>Your password is accepted. One more thing: the code.</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>Your turn</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Open the page</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>The whole addendum</source>
        <translation>The whole addendum</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>What is it about?</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>Your question</translation>
    </message>
    <message>
        <source>In your own words, in French or in Arabic</source>
        <translation>In your own words, in French or in Arabic</translation>
    </message>
    <message>
        <source>Human resources answer you. You may go on meanwhile and sign later: nothing is signed for you.</source>
        <translation>Human resources answer you. You may go on meanwhile and sign later: nothing is signed for you.</translation>
    </message>
    <message>
        <source>Asked already:</source>
        <translation>Asked already:</translation>
    </message>
    <message>
        <source>I do not want to sign</source>
        <translation>I do not want to sign</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Steps</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>Marhaba</source>
        <translation>Marhaba</translation>
    </message>
    <message>
        <source>Telework set-up</source>
        <translation>Telework set-up</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>Page %1 of %2</translation>
    </message>
    <message>
        <source>The whole text</source>
        <translation>The whole text</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>See the pages</source>
        <translation>See the pages</translation>
    </message>
    <message>
        <source>Read as text</source>
        <translation>Read as text</translation>
    </message>
    <message>
        <source>The text of the addendum</source>
        <translation>The text of the addendum</translation>
    </message>
    <message>
        <source>Back to the signature</source>
        <translation>Back to the signature</translation>
    </message>
    <message>
        <source>Document %1, fingerprint %2: what you read is exactly what you sign.</source>
        <translation>Document %1, fingerprint %2: what you read is exactly what you sign.</translation>
    </message>
</context>
<context>
    <name>RefusalForm</name>
    <message>
        <source>Why? (only if you wish to say)</source>
        <translation>Why? (only if you wish to say)</translation>
    </message>
    <message>
        <source>In your own words, in French or in Arabic</source>
        <translation>In your own words, in French or in Arabic</translation>
    </message>
    <message>
        <source>Signing is voluntary. Human resources are told and call you; you can still change your mind afterwards.</source>
        <translation>Signing is voluntary. Human resources are told and call you; you can still change your mind afterwards.</translation>
    </message>
    <message>
        <source>I do not sign this addendum</source>
        <translation>I do not sign this addendum</translation>
    </message>
</context>
<context>
    <name>RemarkStrip</name>
    <message>
        <source>Less</source>
        <translation>Less</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Understood</translation>
    </message>
</context>
<context>
    <name>SignSide</name>
    <message>
        <source>I do not want to sign</source>
        <translation>I do not want to sign</translation>
    </message>
    <message>
        <source>Simple electronic signature with a certificate of the company (law 43-20).</source>
        <translation>Simple electronic signature with a certificate of the company (law 43-20).</translation>
    </message>
</context>
<context>
    <name>SignalSide</name>
    <message>
        <source>Good signal: leave the box here.</source>
        <translation>Good signal: leave the box here.</translation>
    </message>
    <message>
        <source>Fair signal: look for a better spot.</source>
        <translation>Fair signal: look for a better spot.</translation>
    </message>
    <message>
        <source>Weak signal: move the box.</source>
        <translation>Weak signal: move the box.</translation>
    </message>
    <message>
        <source>The box shows no signal.</source>
        <translation>The box shows no signal.</translation>
    </message>
    <message>
        <source>Listen to the signal</source>
        <translation>Listen to the signal</translation>
    </message>
    <message>
        <source>A short tone each second: the higher it is, the better the signal.</source>
        <translation>A short tone each second: the higher it is, the better the signal.</translation>
    </message>
    <message>
        <source>This PC has no sound output: watch the curve.</source>
        <translation>This PC has no sound output: watch the curve.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>Fair</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>Weak</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>No signal</translation>
    </message>
    <message>
        <source>Signal: %1 out of 100, %2</source>
        <translation>Signal: %1 out of 100, %2</translation>
    </message>
    <message>
        <source>Live signal</source>
        <translation>Live signal</translation>
    </message>
    <message>
        <source>Signal over the last minute: now %1, best %2</source>
        <translation>Signal over the last minute: now %1, best %2</translation>
    </message>
    <message>
        <source>Strength (RSRP)</source>
        <translation>Strength (RSRP)</translation>
    </message>
    <message>
        <source>Clarity (SINR)</source>
        <translation>Clarity (SINR)</translation>
    </message>
    <message>
        <source>Network, band %1</source>
        <translation>Network, band %1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latency</translation>
    </message>
    <message>
        <source>Tip: near a window, up high, away from the microwave.</source>
        <translation>Tip: near a window, up high, away from the microwave.</translation>
    </message>
    <message>
        <source>%1 better than at the start: keep going this way.</source>
        <translation>%1 better than at the start: keep going this way.</translation>
    </message>
    <message>
        <source>%1 less than at the best spot: go back towards it.</source>
        <translation>%1 less than at the best spot: go back towards it.</translation>
    </message>
    <message>
        <source>%1 better than at the start: this is the best spot so far, leave the box here.</source>
        <translation>%1 better than at the start: this is the best spot so far, leave the box here.</translation>
    </message>
    <message>
        <source>A good spot: leave the box here, standing up and uncovered.</source>
        <translation>A good spot: leave the box here, standing up and uncovered.</translation>
    </message>
    <message>
        <source>Strong but noisy: turn the box a little, away from screens and other devices.</source>
        <translation>Strong but noisy: turn the box a little, away from screens and other devices.</translation>
    </message>
</context>
<context>
    <name>SignatureCard</name>
    <message>
        <source>Your signature</source>
        <translation>Your signature</translation>
    </message>
    <message>
        <source>Draw it with the mouse, a pen or a finger</source>
        <translation>Draw it with the mouse, a pen or a finger</translation>
    </message>
    <message>
        <source>Your name, as you sign it</source>
        <translation>Your name, as you sign it</translation>
    </message>
    <message>
        <source>First name and last name</source>
        <translation>First name and last name</translation>
    </message>
    <message>
        <source>Draw instead</source>
        <translation>Draw instead</translation>
    </message>
    <message>
        <source>Type my name</source>
        <translation>Type my name</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>Signature drawn</source>
        <translation>Signature drawn</translation>
    </message>
    <message>
        <source>No signature yet; with the keyboard, type your name instead.</source>
        <translation>No signature yet; with the keyboard, type your name instead.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signature</translation>
    </message>
</context>
<context>
    <name>StepPage</name>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>to do</source>
        <translation>to do</translation>
    </message>
    <message>
        <source>current step</source>
        <translation>current step</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a spoken list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>passed</source>
        <translation>passed</translation>
    </message>
    <message>
        <source>not passed</source>
        <translation>not passed</translation>
    </message>
    <message>
        <source>passed, with a warning</source>
        <translation>passed, with a warning</translation>
    </message>
    <message>
        <source>waived by IT</source>
        <translation>waived by IT</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>not needed</translation>
    </message>
    <message>
        <source>could not be checked</source>
        <translation>could not be checked</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Display</source>
        <translation>Display</translation>
    </message>
    <message>
        <source>Display: colours and text size</source>
        <translation>Display: colours and text size</translation>
    </message>
</context>
<context>
    <name>VerdictsCard</name>
    <message>
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Left and right ear</source>
        <translation>Left and right ear</translation>
    </message>
    <message>
        <source>Room noise</source>
        <translation>Room noise</translation>
    </message>
    <message>
        <source>Voice level</source>
        <translation>Voice level</translation>
    </message>
    <message>
        <source>Listening back</source>
        <translation>Listening back</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>Echo</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>Confirmed by you</translation>
    </message>
    <message>
        <source>Clear, you said</source>
        <translation>Clear, you said</translation>
    </message>
    <message>
        <source>Room at %1</source>
        <translation>Room at %1</translation>
    </message>
    <message>
        <source>Not a sound</source>
        <translation>Not a sound</translation>
    </message>
    <message>
        <source>SNR %1</source>
        <translation>SNR %1</translation>
    </message>
    <message>
        <source>Active %1 (P.56)</source>
        <translation>Active %1 (P.56)</translation>
    </message>
    <message>
        <source>silent for %1</source>
        <translation>silent for %1</translation>
    </message>
    <message>
        <source>None was heard</source>
        <translation>None was heard</translation>
    </message>
    <message>
        <source>Coupling %1</source>
        <translation>Coupling %1</translation>
    </message>
    <message>
        <source>delay %1</source>
        <translation>delay %1</translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Your addendum is being fetched</source>
        <translation>Your addendum is being fetched</translation>
    </message>
    <message>
        <source>A few seconds; a minute at most on a slow line.</source>
        <translation>A few seconds; a minute at most on a slow line.</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Marhaba</source>
        <translation>Marhaba</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>The helpdesk is told. Stay on this page or call them.</source>
        <translation>The helpdesk is told. Stay on this page or call them.</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Your headset is checked</source>
        <translation>Your headset is checked</translation>
    </message>
    <message>
        <source>Put your headset on and listen</source>
        <translation>Put your headset on and listen</translation>
    </message>
    <message>
        <source>Three seconds of silence</source>
        <translation>Three seconds of silence</translation>
    </message>
    <message>
        <source>Speak normally, as with a customer</source>
        <translation>Speak normally, as with a customer</translation>
    </message>
    <message>
        <source>Hear yourself as your customers will</source>
        <translation>Hear yourself as your customers will</translation>
    </message>
    <message>
        <source>Last point: no echo for your customers</source>
        <translation>Last point: no echo for your customers</translation>
    </message>
    <message>
        <source>What was measured is kept as figures; what was recorded is erased as you leave this page.</source>
        <translation>What was measured is kept as figures; what was recorded is erased as you leave this page.</translation>
    </message>
    <message>
        <source>The recording stays on this PC and is erased at once.</source>
        <translation>The recording stays on this PC and is erased at once.</translation>
    </message>
    <message>
        <source>A soft voice says three digits in one ear, then in the other. Set a comfortable volume as you listen.</source>
        <translation>A soft voice says three digits in one ear, then in the other. Set a comfortable volume as you listen.</translation>
    </message>
    <message>
        <source>We listen to the room, to tell your voice from the noise around it.</source>
        <translation>We listen to the room, to tell your voice from the noise around it.</translation>
    </message>
    <message>
        <source>Read the sentence aloud. We measure your microphone, then you hear yourself.</source>
        <translation>Read the sentence aloud. We measure your microphone, then you hear yourself.</translation>
    </message>
    <message>
        <source>Numbers do not say everything: you are the judge of what is heard.</source>
        <translation>Numbers do not say everything: you are the judge of what is heard.</translation>
    </message>
    <message>
        <source>Your customers must not hear themselves: a short sound tells what the microphone picks up of it.</source>
        <translation>Your customers must not hear themselves: a short sound tells what the microphone picks up of it.</translation>
    </message>
    <message>
        <source>“Hello, you are through to customer service, I am listening. Could you please confirm your name and your file number? Thank you, I am looking into it right now and I stay on the line with you.”</source>
        <translation>“Hello, you are through to customer service, I am listening. Could you please confirm your name and your file number? Thank you, I am looking into it right now and I stay on the line with you.”</translation>
    </message>
    <message>
        <source>This page notices at once when something changes.</source>
        <translation>This page notices at once when something changes.</translation>
    </message>
    <message>
        <source>Looking for your headset</source>
        <translation>Looking for your headset</translation>
    </message>
    <message>
        <source>A few seconds</source>
        <translation>A few seconds</translation>
    </message>
    <message>
        <source>You can be heard, and you hear well. Each point on the side can be redone.</source>
        <translation>You can be heard, and you hear well. Each point on the side can be redone.</translation>
    </message>
    <message>
        <source>Microphone at rest</source>
        <translation>Microphone at rest</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>%1 s left</translation>
    </message>
    <message>
        <source>Listening to the room</source>
        <translation>Listening to the room</translation>
    </message>
    <message>
        <source>The sound is being played: stay silent</source>
        <translation>The sound is being played: stay silent</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Playing</translation>
    </message>
    <message>
        <source>Nothing is heard yet: read the sentence aloud</source>
        <translation>Nothing is heard yet: read the sentence aloud</translation>
    </message>
    <message>
        <source>A little louder, or the microphone closer</source>
        <translation>A little louder, or the microphone closer</translation>
    </message>
    <message>
        <source>A little softer</source>
        <translation>A little softer</translation>
    </message>
    <message>
        <source>Good level, go on</source>
        <translation>Good level, go on</translation>
    </message>
    <message>
        <source>Listen on the left</source>
        <translation>Listen on the left</translation>
    </message>
    <message>
        <source>Listen on the right</source>
        <translation>Listen on the right</translation>
    </message>
    <message>
        <source>Three digits will be said in your left ear.</source>
        <translation>Three digits will be said in your left ear.</translation>
    </message>
    <message>
        <source>Now three digits in your right ear.</source>
        <translation>Now three digits in your right ear.</translation>
    </message>
    <message>
        <source>Which three digits did you hear on the left?</source>
        <translation>Which three digits did you hear on the left?</translation>
    </message>
    <message>
        <source>Which three digits did you hear on the right?</source>
        <translation>Which three digits did you hear on the right?</translation>
    </message>
    <message>
        <source>Virtual headset, nobody can hear it. It says: %1</source>
        <translation>Virtual headset, nobody can hear it. It says: %1</translation>
    </message>
    <message>
        <source>The voice is speaking</source>
        <translation>The voice is speaking</translation>
    </message>
    <message>
        <source>Not those. Listen to three new ones.</source>
        <translation>Not those. Listen to three new ones.</translation>
    </message>
    <message>
        <source>Click the keys or type on the keyboard.</source>
        <translation>Click the keys or type on the keyboard.</translation>
    </message>
    <message>
        <source>Say other digits</source>
        <translation>Say other digits</translation>
    </message>
    <message>
        <source>I hear nothing</source>
        <translation>I hear nothing</translation>
    </message>
    <message>
        <source>Say nothing for three seconds, headset on.</source>
        <translation>Say nothing for three seconds, headset on.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Listen to the room</source>
        <translation>Listen to the room</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>Record again</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Listen back</source>
        <translation>Listen back</translation>
    </message>
    <message>
        <source>This is how your customers hear you.</source>
        <translation>This is how your customers hear you.</translation>
    </message>
    <message>
        <source>Was it clear, from the first word to the last?</source>
        <translation>Was it clear, from the first word to the last?</translation>
    </message>
    <message>
        <source>Yes, it is clear</source>
        <translation>Yes, it is clear</translation>
    </message>
    <message>
        <source>Your voice is measured. Listen to it before going on.</source>
        <translation>Your voice is measured. Listen to it before going on.</translation>
    </message>
    <message>
        <source>Keep the headset on and say nothing: a sound glides from low to high for two seconds.</source>
        <translation>Keep the headset on and say nothing: a sound glides from low to high for two seconds.</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>Play the sound</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Read your telework addendum</source>
        <translation>Read your telework addendum</translation>
    </message>
    <message>
        <source>Ask your question</source>
        <translation>Ask your question</translation>
    </message>
    <message>
        <source>You do not want to sign</source>
        <translation>You do not want to sign</translation>
    </message>
    <message>
        <source>Your refusal is recorded</source>
        <translation>Your refusal is recorded</translation>
    </message>
    <message>
        <source>Your addendum is signed</source>
        <translation>Your addendum is signed</translation>
    </message>
    <message>
        <source>Sign your telework addendum</source>
        <translation>Sign your telework addendum</translation>
    </message>
    <message>
        <source>Your signature is made and kept. The dated and sealed copy follows by itself.</source>
        <translation>Your signature is made and kept. The dated and sealed copy follows by itself.</translation>
    </message>
    <message>
        <source>Human resources read it and answer you. Nothing is signed before you are sure.</source>
        <translation>Human resources read it and answer you. Nothing is signed before you are sure.</translation>
    </message>
    <message>
        <source>It is your right. Human resources are told and talk it over with you; nothing else on this PC changes.</source>
        <translation>It is your right. Human resources are told and talk it over with you; nothing else on this PC changes.</translation>
    </message>
    <message>
        <source>Human resources know and will call you. You may read the document again and sign it after all.</source>
        <translation>Human resources know and will call you. You may read the document again and sign it after all.</translation>
    </message>
    <message>
        <source>You and the company have the same copy. Keep yours: it is a contract.</source>
        <translation>You and the company have the same copy. Keep yours: it is a contract.</translation>
    </message>
    <message>
        <source>Read it, ask your questions, then sign. You get your copy at once; the signature is legally valid (law 43-20).</source>
        <translation>Read it, ask your questions, then sign. You get your copy at once; the signature is legally valid (law 43-20).</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Read it again</translation>
    </message>
    <message>
        <source>I have read the text</source>
        <translation>I have read the text</translation>
    </message>
    <message>
        <source>Read, on to the signature</source>
        <translation>Read, on to the signature</translation>
    </message>
    <message>
        <source>Read, next page</source>
        <translation>Read, next page</translation>
    </message>
    <message>
        <source>Sign the addendum</source>
        <translation>Sign the addendum</translation>
    </message>
    <message>
        <source>Send my question</source>
        <translation>Send my question</translation>
    </message>
    <message>
        <source>Record my refusal</source>
        <translation>Record my refusal</translation>
    </message>
    <message>
        <source>The document has been replaced by a newer one. Please read it again: only the new one counts.</source>
        <translation>The document has been replaced by a newer one. Please read it again: only the new one counts.</translation>
    </message>
    <message>
        <source>No line at the moment: you can read. To sign, wait until the connection is back.</source>
        <translation>No line at the moment: you can read. To sign, wait until the connection is back.</translation>
    </message>
    <message>
        <source>This is a new version of the addendum you signed. Read what has changed, then sign it.</source>
        <translation>This is a new version of the addendum you signed. Read what has changed, then sign it.</translation>
    </message>
    <message>
        <source>Your question is with human resources. You can sign as soon as you are sure.</source>
        <translation>Your question is with human resources. You can sign as soon as you are sure.</translation>
    </message>
    <message>
        <source>I have a question</source>
        <translation>I have a question</translation>
    </message>
</context>
</TS>
