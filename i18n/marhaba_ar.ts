<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar_MA" sourcelanguage="en_GB">
<context>
    <name>ActView</name>
    <message>
        <source>Left</source>
        <translation>اليسار</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>اليمين</translation>
    </message>
</context>
<context>
    <name>AdviceView</name>
    <message>
        <source>What to do now</source>
        <translation>ماذا تفعل الآن</translation>
    </message>
    <message>
        <source>Who fixes it?</source>
        <translation>من يحل المشكل؟</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Help is on its way</source>
        <translation>المساعدة قادمة</translation>
    </message>
    <message>
        <source>Ask for help</source>
        <translation>طلب المساعدة</translation>
    </message>
    <message>
        <source>Code to give on the phone</source>
        <translation>رمز تمليه على المستشار في الهاتف</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>التفاصيل التقنية</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>نسخ التفاصيل</translation>
    </message>
    <message>
        <source>You, in a minute</source>
        <translation>أنت، في دقيقة</translation>
    </message>
    <message>
        <source>The helpdesk stays at your side if it does not work.</source>
        <translation>مكتب المساعدة إلى جانبك إن لم ينجح الأمر.</translation>
    </message>
    <message>
        <source>The helpdesk</source>
        <translation>مكتب المساعدة</translation>
    </message>
    <message>
        <source>Call and read the code below; they see where you stopped.</source>
        <translation>اتصل واقرأ الرمز أسفله، فالمستشار يرى أين توقفت.</translation>
    </message>
    <message>
        <source>The IT department</source>
        <translation>مصلحة المعلوميات</translation>
    </message>
    <message>
        <source>You cannot mend this yourself. Ask for help and they are told at once.</source>
        <translation>لا يمكنك حل هذا بنفسك. اطلب المساعدة وستعلم المصلحة فورا.</translation>
    </message>
    <message>
        <source>The telecom operator</source>
        <translation>شركة الاتصالات</translation>
    </message>
    <message>
        <source>The helpdesk calls the operator for you.</source>
        <translation>يتصل مكتب المساعدة بالشركة نيابة عنك.</translation>
    </message>
    <message>
        <source>Human resources</source>
        <translation>الموارد البشرية</translation>
    </message>
    <message>
        <source>They hold your file. The helpdesk can put you through.</source>
        <translation>ملفك عندها. يمكن لمكتب المساعدة أن يحول مكالمتك إليها.</translation>
    </message>
    <message>
        <source>Details copied</source>
        <translation>تم نسخ التفاصيل</translation>
    </message>
</context>
<context>
    <name>BeforeCard</name>
    <message>
        <source>Before signing</source>
        <translation>قبل التوقيع</translation>
    </message>
    <message>
        <source>done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>للإنجاز</translation>
    </message>
    <message>
        <source>Read to page %1</source>
        <translation>قرئ إلى الصفحة %1</translation>
    </message>
    <message>
        <source>To be read to page %1</source>
        <translation>للقراءة إلى الصفحة %1</translation>
    </message>
    <message>
        <source>See the document</source>
        <translation>عرض الوثيقة</translation>
    </message>
    <message>
        <source>I agree to sign electronically</source>
        <translation>أوافق على التوقيع إلكترونيا</translation>
    </message>
    <message>
        <source>Code typed</source>
        <translation>كتب الرمز</translation>
    </message>
    <message>
        <source>Confirm that it is you</source>
        <translation>أكد أنك أنت المعني</translation>
    </message>
    <message>
        <source>Demonstration: the code is shown on the server’s console.</source>
        <translation>عرض توضيحي: الرمز ظاهر في شاشة الخادم.</translation>
    </message>
    <message>
        <source>Code sent to %1</source>
        <translation>أرسل الرمز إلى %1</translation>
    </message>
    <message>
        <source>The company knows no telephone number or e-mail address of yours.</source>
        <translation>لا تعرف الشركة لك رقم هاتف ولا بريدا إلكترونيا.</translation>
    </message>
    <message>
        <source>A code comes by SMS to %1</source>
        <translation>يصلك رمز في رسالة SMS على %1</translation>
    </message>
    <message>
        <source>A code comes to %1</source>
        <translation>يصلك رمز على %1</translation>
    </message>
</context>
<context>
    <name>CannotStart</name>
    <message>
        <source>Helpdesk %1</source>
        <translation>مكتب المساعدة %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Marhaba</source>
        <translation>مرحبا</translation>
    </message>
</context>
<context>
    <name>ChecksCard</name>
    <message>
        <source>Password of the box (on the label under it)</source>
        <translation>كلمة سر العلبة (على الملصق تحتها)</translation>
    </message>
    <message>
        <source>Open the box</source>
        <translation>فتح العلبة</translation>
    </message>
    <message>
        <source>Looking for the box</source>
        <translation>البحث عن العلبة</translation>
    </message>
    <message>
        <source>A few seconds</source>
        <translation>بضع ثوان</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>لا يوجد اتصال</translation>
    </message>
    <message>
        <source>Box detected</source>
        <translation>تم التعرف على العلبة</translation>
    </message>
    <message>
        <source>No known box</source>
        <translation>لم نجد العلبة</translation>
    </message>
    <message>
        <source>not the one on your sheet, the helpdesk is told</source>
        <translation>ليست العلبة المذكورة في بطاقتك، ومكتب المساعدة على علم</translation>
    </message>
    <message>
        <source>PIN of the SIM card</source>
        <translation>رمز PIN لبطاقة SIM</translation>
    </message>
    <message>
        <source>This PIN is not the right one.</source>
        <translation>رمز PIN هذا غير صحيح.</translation>
    </message>
    <message>
        <source>Unlock the SIM card</source>
        <translation>فتح بطاقة SIM</translation>
    </message>
    <message>
        <source>SIM card</source>
        <translation>بطاقة SIM</translation>
    </message>
    <message>
        <source>The box does not say yet</source>
        <translation>لم تقل العلبة شيئا بعد</translation>
    </message>
    <message>
        <source>no PIN asked for</source>
        <translation>لا حاجة إلى رمز PIN</translation>
    </message>
    <message>
        <source>SIM card active</source>
        <translation>بطاقة SIM مفعلة</translation>
    </message>
    <message numerus="yes">
        <source>%n tries left, the last one is kept</source>
        <translation>
            <numerusform>لم تبق أي محاولة</numerusform>
            <numerusform>بقيت محاولة واحدة، ولن تستعمل</numerusform>
            <numerusform>بقيت محاولتان، والأخيرة لا تستعمل</numerusform>
            <numerusform>بقيت %n محاولات، والأخيرة لا تستعمل</numerusform>
            <numerusform>بقيت %n محاولة، والأخيرة لا تستعمل</numerusform>
            <numerusform>بقيت %n محاولة، والأخيرة لا تستعمل</numerusform>
        </translation>
    </message>
    <message>
        <source>Internet reachable</source>
        <translation>الإنترنت متاح</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>الإنترنت</translation>
    </message>
    <message>
        <source>The company’s server answers</source>
        <translation>خادم الشركة يجيب</translation>
    </message>
    <message>
        <source>Asking the company’s server</source>
        <translation>سؤال خادم الشركة</translation>
    </message>
    <message>
        <source>Checked as the test begins</source>
        <translation>يفحص عند بداية الاختبار</translation>
    </message>
    <message>
        <source>Call quality</source>
        <translation>جودة المكالمات</translation>
    </message>
    <message>
        <source>Test again (%1 at most)</source>
        <translation>إعادة الاختبار (%1 على الأكثر)</translation>
    </message>
    <message>
        <source>Test the line (%1 at most)</source>
        <translation>اختبار الخط (%1 على الأكثر)</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>إلغاء الاختبار</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>The test starts when the signal stays good: %1 at most of your allowance.</source>
        <translation>يبدأ الاختبار عندما تبقى الإشارة جيدة: %1 على الأكثر من رصيدك.</translation>
    </message>
    <message>
        <source>Find a good spot, then test: %1 at most of your allowance.</source>
        <translation>ابحث عن مكان جيد ثم ابدأ الاختبار: %1 على الأكثر من رصيدك.</translation>
    </message>
    <message>
        <source>Without the signal of the box, the call alone is measured: %1 at most of your allowance.</source>
        <translation>من دون إشارة العلبة تقاس المكالمة وحدها: %1 على الأكثر من رصيدك.</translation>
    </message>
    <message>
        <source>Possible once the points above are settled</source>
        <translation>ممكن بعد تسوية النقاط أعلاه</translation>
    </message>
    <message>
        <source>Opening the line</source>
        <translation>فتح الخط</translation>
    </message>
    <message>
        <source>Listening as in a call</source>
        <translation>استماع كما في مكالمة</translation>
    </message>
    <message>
        <source>A call while receiving</source>
        <translation>مكالمة أثناء الاستقبال</translation>
    </message>
    <message>
        <source>A call while sending</source>
        <translation>مكالمة أثناء الإرسال</translation>
    </message>
    <message>
        <source>%1, %2 at most of your allowance</source>
        <translation>%1، %2 على الأكثر من رصيدك</translation>
    </message>
    <message>
        <source>Voice %1 out of 5</source>
        <translation>الصوت %1 من 5</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>الضياع %1</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>استهلاك %1</translation>
    </message>
</context>
<context>
    <name>ChoiceCard</name>
    <message>
        <source>Right answer</source>
        <translation>جواب صحيح</translation>
    </message>
    <message>
        <source>Wrong answer</source>
        <translation>جواب خاطئ</translation>
    </message>
</context>
<context>
    <name>CodeForm</name>
    <message>
        <source>This code is too old now. Ask for another one.</source>
        <translation>انتهت صلاحية هذا الرمز. اطلب رمزا آخر.</translation>
    </message>
    <message numerus="yes">
        <source>Another code in %n second(s)</source>
        <translation>
            <numerusform>رمز آخر الآن</numerusform>
            <numerusform>رمز آخر بعد ثانية واحدة</numerusform>
            <numerusform>رمز آخر بعد ثانيتين</numerusform>
            <numerusform>رمز آخر بعد %n ثوان</numerusform>
            <numerusform>رمز آخر بعد %n ثانية</numerusform>
            <numerusform>رمز آخر بعد %n ثانية</numerusform>
        </translation>
    </message>
    <message>
        <source>Send me the code</source>
        <translation>أرسلوا لي الرمز</translation>
    </message>
    <message>
        <source>The code, six digits</source>
        <translation>الرمز، ستة أرقام</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>ستة أرقام</translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left</source>
        <translation>
            <numerusform>لم تبق أي محاولة</numerusform>
            <numerusform>بقيت محاولة واحدة</numerusform>
            <numerusform>بقيت محاولتان</numerusform>
            <numerusform>بقيت %n محاولات</numerusform>
            <numerusform>بقيت %n محاولة</numerusform>
            <numerusform>بقيت %n محاولة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It works for %n minute(s).</source>
        <translation>
            <numerusform>انتهت صلاحيته.</numerusform>
            <numerusform>صالح دقيقة واحدة.</numerusform>
            <numerusform>صالح دقيقتين.</numerusform>
            <numerusform>صالح %n دقائق.</numerusform>
            <numerusform>صالح %n دقيقة.</numerusform>
            <numerusform>صالح %n دقيقة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send another code</source>
        <translation>إرسال رمز آخر</translation>
    </message>
</context>
<context>
    <name>CrashPage</name>
    <message>
        <source>Marhaba met a problem of its own</source>
        <translation>واجه برنامج مرحبا مشكلا</translation>
    </message>
    <message>
        <source>It is not something you did. Everything you finished is kept.</source>
        <translation>لست السبب في ذلك. كل ما أنهيته محفوظ.</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>ماذا تفعل الآن</translation>
    </message>
    <message>
        <source>Restart Marhaba: it opens again where you were. If this page comes back, call the helpdesk and read the reference.</source>
        <translation>أعد تشغيل مرحبا، وسيفتح حيث كنت. إن عادت هذه الصفحة فاتصل بمكتب المساعدة واقرأ المرجع.</translation>
    </message>
    <message>
        <source>Reference to give on the phone</source>
        <translation>مرجع تمليه على المستشار في الهاتف</translation>
    </message>
    <message>
        <source>Restart Marhaba</source>
        <translation>إعادة تشغيل مرحبا</translation>
    </message>
    <message>
        <source>Copy diagnostic</source>
        <translation>نسخ التشخيص</translation>
    </message>
    <message>
        <source>Diagnostic copied</source>
        <translation>تم نسخ التشخيص</translation>
    </message>
</context>
<context>
    <name>DeviceBar</name>
    <message>
        <source>No headset</source>
        <translation>لا توجد سماعة</translation>
    </message>
    <message>
        <source>%1, default</source>
        <translation>%1، افتراضية</translation>
    </message>
    <message>
        <source>%1, not the default</source>
        <translation>%1، ليست الافتراضية</translation>
    </message>
    <message>
        <source>unplugged</source>
        <translation>غير موصولة</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>تغيير</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>الميكروفون</translation>
    </message>
    <message>
        <source>Ear piece</source>
        <translation>مخرج الصوت</translation>
    </message>
    <message>
        <source>Sound goes to: %1</source>
        <translation>الصوت يخرج من: %1</translation>
    </message>
    <message>
        <source>Not the model on your sheet; the helpdesk is told.</source>
        <translation>ليس الطراز المكتوب في بطاقتك؛ مكتب المساعدة على علم بذلك.</translation>
    </message>
    <message>
        <source>Bluetooth hands-free carries telephone sound only.</source>
        <translation>بلوتوث التحدث الحر لا ينقل إلا صوتا كصوت الهاتف.</translation>
    </message>
    <message>
        <source>%1 (virtual)</source>
        <translation>%1 (افتراضية)</translation>
    </message>
    <message>
        <source>part of the PC, not a headset</source>
        <translation>مدمج في الحاسوب، ليس سماعة</translation>
    </message>
    <message>
        <source>USB headset</source>
        <translation>سماعة USB</translation>
    </message>
    <message>
        <source>Bluetooth headset</source>
        <translation>سماعة بلوتوث</translation>
    </message>
    <message>
        <source>wired headset</source>
        <translation>سماعة سلكية</translation>
    </message>
    <message>
        <source>headset</source>
        <translation>سماعة رأس</translation>
    </message>
    <message>
        <source>sound device</source>
        <translation>جهاز صوت</translation>
    </message>
</context>
<context>
    <name>DisplayPanel</name>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>تباين عال</translation>
    </message>
    <message>
        <source>Text size %1</source>
        <translation>حجم النص %1</translation>
    </message>
</context>
<context>
    <name>DoneView</name>
    <message>
        <source>done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>awaited</source>
        <translation>في الانتظار</translation>
    </message>
    <message>
        <source>Signed by you</source>
        <translation>وقعته أنت</translation>
    </message>
    <message>
        <source>Time stamp number %1</source>
        <translation>تأريخ رقم %1</translation>
    </message>
    <message>
        <source>Dated by a time-stamp authority</source>
        <translation>أرخته جهة مختصة بالتأريخ</translation>
    </message>
    <message>
        <source>Sealed by the company</source>
        <translation>ختمته الشركة</translation>
    </message>
    <message>
        <source>Nobody can change a word of it any more without it showing.</source>
        <translation>لا يمكن لأحد أن يغير كلمة فيه دون أن يظهر ذلك.</translation>
    </message>
    <message>
        <source>Signed, time stamp awaited</source>
        <translation>موقع، في انتظار التأريخ</translation>
    </message>
    <message>
        <source>The time-stamp authority does not answer now. It follows by itself; you have nothing more to do.</source>
        <translation>الجهة المختصة بالتأريخ لا تجيب الآن. سيأتي التاريخ وحده، وليس عليك شيء.</translation>
    </message>
    <message>
        <source>Seal of the company awaited</source>
        <translation>ختم الشركة في الانتظار</translation>
    </message>
    <message>
        <source>It is set as soon as the time stamp has come.</source>
        <translation>يوضع بمجرد وصول التأريخ.</translation>
    </message>
    <message>
        <source>Simple electronic signature with a certificate of the company (law 43-20).</source>
        <translation>توقيع إلكتروني بسيط بشهادة من الشركة (القانون 43.20).</translation>
    </message>
    <message>
        <source>Your identity was confirmed by a code sent to %1.</source>
        <translation>تأكدت هويتك برمز أرسل إلى %1.</translation>
    </message>
    <message>
        <source>In Documents: %1 and its proof %2</source>
        <translation>في المستندات: %1 ودليله %2</translation>
    </message>
    <message>
        <source>Your copy is saved</source>
        <translation>نسختك محفوظة</translation>
    </message>
    <message>
        <source>Your copy follows</source>
        <translation>نسختك في الطريق</translation>
    </message>
    <message>
        <source>It is saved in Documents when the time stamp has come.</source>
        <translation>تحفظ في المستندات عند وصول التأريخ.</translation>
    </message>
    <message>
        <source>Your copy is being saved</source>
        <translation>جار حفظ نسختك</translation>
    </message>
    <message>
        <source>Open my copy</source>
        <translation>فتح نسختي</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>إظهار المجلد</translation>
    </message>
    <message>
        <source>Save my copy again</source>
        <translation>طلب نسختي من جديد</translation>
    </message>
    <message>
        <source>Fingerprint of your copy (SHA-256): %1</source>
        <translation>بصمة نسختك (SHA-256): %1</translation>
    </message>
    <message>
        <source>Your certificate: %1</source>
        <translation>شهادتك: %1</translation>
    </message>
</context>
<context>
    <name>FootBar</name>
    <message>
        <source>Checking…</source>
        <translation>جار التحقق…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>HelpCard</name>
    <message>
        <source>Need help?</source>
        <translation>هل تحتاج إلى مساعدة؟</translation>
    </message>
    <message>
        <source>Helpdesk %1</source>
        <translation>مكتب المساعدة %1</translation>
    </message>
    <message>
        <source>Give this code to the adviser:</source>
        <translation>أعط هذا الرمز للمستشار:</translation>
    </message>
    <message>
        <source>Copy diagnostic</source>
        <translation>نسخ التشخيص</translation>
    </message>
    <message>
        <source>Open logs</source>
        <translation>فتح السجلات</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>تم النسخ</translation>
    </message>
    <message>
        <source>Diagnostic copied</source>
        <translation>تم نسخ التشخيص</translation>
    </message>
    <message>
        <source>Place copied</source>
        <translation>تم نسخ المسار</translation>
    </message>
    <message>
        <source>The folder cannot be opened on this PC. Its place is copied.</source>
        <translation>لا يمكن فتح المجلد على هذا الحاسوب. تم نسخ مساره.</translation>
    </message>
</context>
<context>
    <name>Indicator</name>
    <message numerus="yes">
        <source>%n step(s) sent to IT</source>
        <translation>
            <numerusform>لم ترسل أي مرحلة إلى مصلحة المعلوميات</numerusform>
            <numerusform>تم إرسال مرحلة واحدة إلى مصلحة المعلوميات</numerusform>
            <numerusform>تم إرسال مرحلتين إلى مصلحة المعلوميات</numerusform>
            <numerusform>تم إرسال %n مراحل إلى مصلحة المعلوميات</numerusform>
            <numerusform>تم إرسال %n مرحلة إلى مصلحة المعلوميات</numerusform>
            <numerusform>تم إرسال %n مرحلة إلى مصلحة المعلوميات</numerusform>
        </translation>
    </message>
    <message>
        <source>IT refuses the report, call the helpdesk</source>
        <translation>مصلحة المعلوميات ترفض الإرسال، اتصل بمكتب المساعدة</translation>
    </message>
    <message>
        <source>waiting for connection</source>
        <translation>في انتظار الاتصال</translation>
    </message>
    <message>
        <source>nothing to send yet</source>
        <translation>لا شيء للإرسال بعد</translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>لا شيء للإرسال</numerusform>
            <numerusform>بقي عنصر واحد للإرسال</numerusform>
            <numerusform>بقي عنصران للإرسال</numerusform>
            <numerusform>بقيت %n عناصر للإرسال</numerusform>
            <numerusform>بقي %n عنصرا للإرسال</numerusform>
            <numerusform>بقي %n عنصر للإرسال</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing waiting</source>
        <translation>لا شيء في الانتظار</translation>
    </message>
    <message numerus="yes">
        <source>%n refused by IT, call the helpdesk</source>
        <translation>
            <numerusform>لم يرفض أي عنصر</numerusform>
            <numerusform>رفض عنصر واحد، اتصل بمكتب المساعدة</numerusform>
            <numerusform>رفض عنصران، اتصل بمكتب المساعدة</numerusform>
            <numerusform>رفضت %n عناصر، اتصل بمكتب المساعدة</numerusform>
            <numerusform>رفض %n عنصرا، اتصل بمكتب المساعدة</numerusform>
            <numerusform>رفض %n عنصر، اتصل بمكتب المساعدة</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of the report line</comment>
        <translation>، </translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Digit %1</source>
        <translation>الرقم %1</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>حذف الرقم الأخير</translation>
    </message>
    <message>
        <source>Heard so far: %1</source>
        <translation>سمعت حتى الآن: %1</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>لا شيء بعد</translation>
    </message>
</context>
<context>
    <name>KitRow</name>
    <message>
        <source>Laptop</source>
        <translation>الحاسوب المحمول</translation>
    </message>
    <message>
        <source>4G box</source>
        <translation>علبة الجيل الرابع</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>سماعة الرأس</translation>
    </message>
    <message>
        <source>This is the one</source>
        <translation>هذا هو</translation>
    </message>
    <message>
        <source>I do not have it</source>
        <translation>ليس معي</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>رقم آخر</translation>
    </message>
    <message>
        <source>Number written on the item</source>
        <translation>الرقم المكتوب على الجهاز</translation>
    </message>
    <message>
        <source>Note this number</source>
        <translation>تسجيل هذا الرقم</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Change my answer</source>
        <translation>تغيير جوابي</translation>
    </message>
    <message>
        <source>Reading the serial number of this PC…</source>
        <translation>جار قراءة الرقم التسلسلي لهذا الحاسوب…</translation>
    </message>
    <message>
        <source>The box’s own number ends in %1, as on your sheet</source>
        <translation>الرقم المقروء من العلبة ينتهي بـ %1، كما في ورقتك</translation>
    </message>
    <message>
        <source>Sheet: %1. The box you placed says: %2. Noted, the helpdesk puts it right.</source>
        <translation>الورقة: %1. العلبة التي ركبتها تقول: %2. سجلنا ذلك، وسيصححه مكتب المساعدة.</translation>
    </message>
    <message>
        <source>Serial number %1 read on this PC: identical</source>
        <translation>الرقم التسلسلي %1 المقروء من هذا الحاسوب: مطابق</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>أكدته بنفسك</translation>
    </message>
    <message>
        <source>You do not have it. The helpdesk is told.</source>
        <translation>ليس معك. تم إعلام مكتب المساعدة.</translation>
    </message>
    <message>
        <source>Sheet: %1. This PC says: %2. Noted, the helpdesk corrects the sheet.</source>
        <translation>البطاقة: %1. هذا الحاسوب: %2. سجلنا ذلك، وسيصحح مكتب المساعدة البطاقة.</translation>
    </message>
    <message>
        <source>Sheet: %1. Yours: %2. Noted, the helpdesk corrects the sheet.</source>
        <translation>البطاقة: %1. جهازك: %2. سجلنا ذلك، وسيصحح مكتب المساعدة البطاقة.</translation>
    </message>
    <message>
        <source>Do you have it with you?</source>
        <translation>هل هو معك؟</translation>
    </message>
    <message>
        <source>Sheet: no. %1. This PC does not show its number: look under it.</source>
        <translation>البطاقة: رقم %1. لا يظهر هذا الحاسوب رقمه: انظر أسفله.</translation>
    </message>
    <message>
        <source>Sheet: no. %1. Is yours different?</source>
        <translation>البطاقة: رقم %1. هل رقم جهازك مختلف؟</translation>
    </message>
</context>
<context>
    <name>LanguageSwitch</name>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Well done, one last promise</source>
        <translation>أحسنت، التزام أخير</translation>
    </message>
    <message>
        <source>Your question waits for you, nothing is lost.</source>
        <translation>سؤالك ينتظرك، لم يضع شيء.</translation>
    </message>
    <message>
        <source>Customers trust you with their data: these rules also protect you.</source>
        <translation>يأتمنك الزبناء على معطياتهم: هذه القواعد تحميك أنت أيضا.</translation>
    </message>
    <message numerus="yes">
        <source>Topic to revise %1 of %2 · %n minute(s) of reading.</source>
        <translation>
            <numerusform>موضوع للمراجعة %1 من %2 · أقل من دقيقة قراءة.</numerusform>
            <numerusform>موضوع للمراجعة %1 من %2 · دقيقة قراءة واحدة.</numerusform>
            <numerusform>موضوع للمراجعة %1 من %2 · دقيقتا قراءة.</numerusform>
            <numerusform>موضوع للمراجعة %1 من %2 · %n دقائق قراءة.</numerusform>
            <numerusform>موضوع للمراجعة %1 من %2 · %n دقيقة قراءة.</numerusform>
            <numerusform>موضوع للمراجعة %1 من %2 · %n دقيقة قراءة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Topic %1 of %2 · %n minute(s) of reading.</source>
        <translation>
            <numerusform>الموضوع %1 من %2 · أقل من دقيقة قراءة.</numerusform>
            <numerusform>الموضوع %1 من %2 · دقيقة قراءة واحدة.</numerusform>
            <numerusform>الموضوع %1 من %2 · دقيقتا قراءة.</numerusform>
            <numerusform>الموضوع %1 من %2 · %n دقائق قراءة.</numerusform>
            <numerusform>الموضوع %1 من %2 · %n دقيقة قراءة.</numerusform>
            <numerusform>الموضوع %1 من %2 · %n دقيقة قراءة.</numerusform>
        </translation>
    </message>
    <message>
        <source>The tries are used up: you may read on, and the quiz opens again once the IT department has given new ones.</source>
        <translation>استعملت كل المحاولات: يمكنك القراءة من جديد، ويفتح الاختبار حين تمنحك مصلحة المعلوميات محاولات أخرى.</translation>
    </message>
    <message>
        <source>Question %1 of %2 · Topic: %3. You can read the rule again at any time.</source>
        <translation>سؤال %1 من %2 · الموضوع: %3. يمكنك إعادة قراءة الإرشاد في أي وقت.</translation>
    </message>
    <message>
        <source>Back to the question</source>
        <translation>العودة إلى السؤال</translation>
    </message>
    <message>
        <source>Read, on to the questions</source>
        <translation>قرأت، إلى الأسئلة</translation>
    </message>
    <message>
        <source>Read, next</source>
        <translation>قرأت، التالي</translation>
    </message>
    <message>
        <source>Connect this PC to your 4G box</source>
        <translation>صل هذا الحاسوب بعلبة الجيل الرابع</translation>
    </message>
    <message>
        <source>Place the box where the signal is strongest</source>
        <translation>ضع العلبة في المكان الذي تكون فيه الإشارة أقوى</translation>
    </message>
    <message>
        <source>Your calls will go through it. Choose its Wi-Fi or plug in its cable: this page notices at once.</source>
        <translation>ستمر مكالماتك عبرها. اختر شبكة Wi-Fi الخاصة بها أو صل كابلها، وستلاحظ هذه الصفحة ذلك فورا.</translation>
    </message>
    <message>
        <source>A good signal keeps your calls from dropping. Move the box: the curve reacts at once; set it down when it stays in the green.</source>
        <translation>الإشارة الجيدة تجنبك انقطاع المكالمات. حرك العلبة: يتغير المنحنى مباشرة، ثبتها عندما يبقى في المنطقة الخضراء.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>ما العمل</translation>
    </message>
    <message>
        <source>The SIM card is unlocked.</source>
        <translation>فتحت بطاقة SIM.</translation>
    </message>
    <message>
        <source>This PIN is not the right one.</source>
        <translation>رمز PIN هذا غير صحيح.</translation>
    </message>
    <message>
        <source>The box is open.</source>
        <translation>فتحت العلبة.</translation>
    </message>
    <message>
        <source>The test of the line begins.</source>
        <translation>يبدأ اختبار الخط.</translation>
    </message>
    <message>
        <source>The test is cancelled.</source>
        <translation>ألغي الاختبار.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>أجب</translation>
    </message>
    <message>
        <source>I promise</source>
        <translation>ألتزم</translation>
    </message>
    <message>
        <source>Take the time to read: the button wakes up in a moment.</source>
        <translation>خذ وقتك في القراءة، سيصبح الزر متاحا بعد لحظة.</translation>
    </message>
    <message>
        <source>Go on whenever you are ready.</source>
        <translation>تابع متى كنت مستعدا.</translation>
    </message>
    <message>
        <source>The rules have been updated since your last visit. Please read them again: only the new ones count.</source>
        <translation>تم تحديث الإرشادات منذ زيارتك الأخيرة. أعد قراءتها: الجديدة وحدها تحتسب.</translation>
    </message>
    <message>
        <source>Your topics</source>
        <translation>مواضيعك</translation>
    </message>
    <message>
        <source>Read this rule again</source>
        <translation>إعادة قراءة هذا الإرشاد</translation>
    </message>
    <message>
        <source>The quiz is passed</source>
        <translation>نجحت في الاختبار</translation>
    </message>
    <message numerus="yes">
        <source>%n right answer(s) of %1</source>
        <translation>
            <numerusform>لا جواب صحيح من %1</numerusform>
            <numerusform>جواب صحيح واحد من %1</numerusform>
            <numerusform>جوابان صحيحان من %1</numerusform>
            <numerusform>%n أجوبة صحيحة من %1</numerusform>
            <numerusform>%n جوابا صحيحا من %1</numerusform>
            <numerusform>%n جواب صحيح من %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Version %1 of the rules</source>
        <translation>النسخة %1 من الإرشادات</translation>
    </message>
    <message>
        <source>It is recorded with your promise.</source>
        <translation>تسجل مع التزامك.</translation>
    </message>
    <message>
        <source>I have read these rules and I will apply them</source>
        <translation>قرأت هذه الإرشادات وسألتزم بها</translation>
    </message>
    <message>
        <source>done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>you are here</source>
        <translation>أنت هنا</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>لاحقا</translation>
    </message>
    <message>
        <source>to revise</source>
        <translation>للمراجعة</translation>
    </message>
    <message>
        <source>Enter your activation code</source>
        <translation>أدخل رمز التفعيل</translation>
    </message>
    <message>
        <source>Check that this is you and that this is your equipment</source>
        <translation>تأكد من هويتك ومن معداتك</translation>
    </message>
    <message>
        <source>It is on the sheet that came with your equipment, or in the text message from human resources. It pairs this workstation with you, once only.</source>
        <translation>تجده في البطاقة المسلمة مع معداتك، أو في الرسالة القصيرة من الموارد البشرية. يربط هذا الحاسوب بك، مرة واحدة فقط.</translation>
    </message>
    <message>
        <source>The right person with the right equipment: that is what protects you if something goes missing.</source>
        <translation>الشخص المناسب مع المعدات المناسبة: هذا ما يحميك إذا ضاع شيء.</translation>
    </message>
    <message>
        <source>Tell the helpdesk</source>
        <translation>إعلام مكتب المساعدة</translation>
    </message>
    <message>
        <source>The code is accepted. Check your equipment line by line.</source>
        <translation>تم قبول الرمز. تحقق من معداتك سطرا بسطر.</translation>
    </message>
    <message>
        <source>Not now, I will type it</source>
        <translation>ليس الآن، سأكتبه بنفسي</translation>
    </message>
    <message>
        <source>Your equipment, line by line</source>
        <translation>معداتك، سطرا بسطر</translation>
    </message>
    <message>
        <source>This PC was prepared for you: the code is filled in and is checked by itself.</source>
        <translation>تم إعداد هذا الحاسوب لك: الرمز مملوء ويتم التحقق منه تلقائيا.</translation>
    </message>
    <message>
        <source>“%1” is never in a code. Compare it with the sheet: 0, O, 1, I, L and U are not used.</source>
        <translation>«%1» لا يوجد أبدا في رمز. قارن مع البطاقة: لا تستعمل ⁦0, O, 1, I, L, U⁩.</translation>
    </message>
    <message>
        <source>A character is wrong or two are swapped. Compare the code with the sheet, group by group.</source>
        <translation>هناك حرف خاطئ أو حرفان متبادلان. قارن الرمز بالبطاقة، مجموعة بعد مجموعة.</translation>
    </message>
    <message>
        <source>That is more than 12 characters. Type only the code.</source>
        <translation>هذا أكثر من 12 حرفا. اكتب الرمز فقط.</translation>
    </message>
    <message>
        <source>Code valid</source>
        <translation>رمز صالح</translation>
    </message>
    <message>
        <source>Checking the code</source>
        <translation>جار التحقق من الرمز</translation>
    </message>
    <message>
        <source>Activation code, 12 characters</source>
        <translation>رمز التفعيل، 12 حرفا</translation>
    </message>
    <message>
        <source>Checking the code with the IT department, one minute at most.</source>
        <translation>جار التحقق من الرمز لدى مصلحة المعلوميات، دقيقة على الأكثر.</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) to go.</source>
        <translation>
            <numerusform>لم يبق أي حرف.</numerusform>
            <numerusform>بقي حرف واحد.</numerusform>
            <numerusform>بقي حرفان.</numerusform>
            <numerusform>بقيت %n أحرف.</numerusform>
            <numerusform>بقي %n حرفا.</numerusform>
            <numerusform>بقي %n حرف.</numerusform>
        </translation>
    </message>
    <message>
        <source>No code? Call the helpdesk on %2 and give the number %1.</source>
        <translation>ليس لديك رمز؟ اتصل بمكتب المساعدة على %2 وأعطه الرقم %1.</translation>
    </message>
    <message>
        <source>No code? Call the helpdesk and give the number %1.</source>
        <translation>ليس لديك رمز؟ اتصل بمكتب المساعدة وأعطه الرقم %1.</translation>
    </message>
    <message>
        <source>Is this you?</source>
        <translation>هل هذا أنت؟</translation>
    </message>
    <message>
        <source>Employee number %1</source>
        <translation>الرقم المهني %1</translation>
    </message>
    <message>
        <source>First call: %1</source>
        <translation>أول مكالمة: %1</translation>
    </message>
    <message>
        <source>Activity: %1</source>
        <translation>النشاط: %1</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>اللغة: %1</translation>
    </message>
    <message>
        <source>You can change it at any time</source>
        <translation>يمكنك تغييرها في أي وقت</translation>
    </message>
    <message>
        <source>Do not go on: this workstation would carry another name. The helpdesk releases it and gives you your own code.</source>
        <translation>لا تتابع: سيسجل هذا الحاسوب باسم شخص آخر. مكتب المساعدة يحرره ويعطيك رمزك الخاص.</translation>
    </message>
    <message>
        <source>It is me after all</source>
        <translation>بل هذا أنا</translation>
    </message>
    <message>
        <source>This is not me</source>
        <translation>لست أنا</translation>
    </message>
    <message>
        <source>Your workstation is ready</source>
        <translation>مكان عملك جاهز</translation>
    </message>
    <message>
        <source>Something is left to finish</source>
        <translation>بقي شيء لم يكتمل بعد</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>إعادة التحقق</translation>
    </message>
    <message>
        <source>Declare my workstation ready</source>
        <translation>أعلن أن مكان عملي جاهز</translation>
    </message>
    <message>
        <source>Certificate %1, valid until %2</source>
        <translation>الشهادة %1، صالحة إلى غاية %2</translation>
    </message>
    <message>
        <source>Everything is checked</source>
        <translation>تم التحقق من كل شيء</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>ما تم التحقق منه</translation>
    </message>
    <message>
        <source>Save the certificate (PDF)</source>
        <translation>حفظ الشهادة (PDF)</translation>
    </message>
    <message>
        <source>What is done is kept. Go back to the step pointed out, or ask for help.</source>
        <translation>ما أنجزته محفوظ. عد إلى المرحلة المشار إليها أو اطلب المساعدة.</translation>
    </message>
    <message>
        <source>You can take calls from home.</source>
        <translation>يمكنك استقبال المكالمات من بيتك.</translation>
    </message>
    <message>
        <source>One last press and you are ready to take calls.</source>
        <translation>ضغطة أخيرة وتصبح جاهزا لاستقبال المكالمات.</translation>
    </message>
    <message>
        <source>First call planned: %1</source>
        <translation>أول مكالمة مبرمجة: %1</translation>
    </message>
    <message>
        <source>Code to give on the phone: %1</source>
        <translation>رمز تمليه على المستشار في الهاتف: %1</translation>
    </message>
    <message>
        <source>Remark on: %1</source>
        <translation>ملاحظة حول: %1</translation>
    </message>
    <message>
        <source>The certificate could not be saved.</source>
        <translation>تعذر حفظ الشهادة.</translation>
    </message>
    <message>
        <source>Your copy is in Documents: %1</source>
        <translation>نسختك في مجلد المستندات: %1</translation>
    </message>
    <message>
        <source>Not done yet. Who goes on: you.</source>
        <translation>لم ينجز بعد. الدور عليك للمتابعة.</translation>
    </message>
    <message>
        <source>%1. Who fixes it: %2.</source>
        <translation>%1. من يحل المشكل: %2.</translation>
    </message>
    <message>
        <source>Notice %1 accepted</source>
        <translation>تمت الموافقة على البيان %1</translation>
    </message>
    <message>
        <source>equipment confirmed: %1 of %2</source>
        <translation>المعدات المؤكدة: %1 من %2</translation>
    </message>
    <message>
        <source>Signed on %1</source>
        <translation>موقع يوم %1</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>ناجح</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>With a remark</source>
        <translation>مع ملاحظة</translation>
    </message>
    <message>
        <source>Waived</source>
        <translation>معفى</translation>
    </message>
    <message>
        <source>Not applicable</source>
        <translation>لا ينطبق</translation>
    </message>
    <message>
        <source>Could not check</source>
        <translation>تعذر التحقق</translation>
    </message>
    <message>
        <source>you</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>the helpdesk</source>
        <translation>مكتب المساعدة</translation>
    </message>
    <message>
        <source>the IT department</source>
        <translation>مصلحة المعلوميات</translation>
    </message>
    <message>
        <source>the telecom operator</source>
        <translation>شركة الاتصالات</translation>
    </message>
    <message>
        <source>human resources</source>
        <translation>الموارد البشرية</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>مرحبا بعودتك</translation>
    </message>
    <message>
        <source>Welcome, let us set up your workstation</source>
        <translation>مرحبا بك، لنجهز مكان عملك معا</translation>
    </message>
    <message numerus="yes">
        <source>Everything you did is kept. %n step(s) left.</source>
        <translation>
            <numerusform>كل ما أنجزته محفوظ. لم تبق أي مرحلة.</numerusform>
            <numerusform>كل ما أنجزته محفوظ. بقيت مرحلة واحدة.</numerusform>
            <numerusform>كل ما أنجزته محفوظ. بقيت مرحلتان.</numerusform>
            <numerusform>كل ما أنجزته محفوظ. بقيت %n مراحل.</numerusform>
            <numerusform>كل ما أنجزته محفوظ. بقيت %n مرحلة.</numerusform>
            <numerusform>كل ما أنجزته محفوظ. بقيت %n مرحلة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is done.</source>
        <translation>كل شيء مكتمل.</translation>
    </message>
    <message numerus="yes">
        <source>In about %n minute(s), your PC will be ready to take calls from home. You can stop at any time: nothing is lost.</source>
        <translation>
            <numerusform>خلال أقل من دقيقة تقريبا، يصبح حاسوبك جاهزا لاستقبال المكالمات من بيتك. يمكنك التوقف متى شئت: لن يضيع شيء.</numerusform>
            <numerusform>خلال دقيقة واحدة تقريبا، يصبح حاسوبك جاهزا لاستقبال المكالمات من بيتك. يمكنك التوقف متى شئت: لن يضيع شيء.</numerusform>
            <numerusform>خلال دقيقتين تقريبا، يصبح حاسوبك جاهزا لاستقبال المكالمات من بيتك. يمكنك التوقف متى شئت: لن يضيع شيء.</numerusform>
            <numerusform>خلال %n دقائق تقريبا، يصبح حاسوبك جاهزا لاستقبال المكالمات من بيتك. يمكنك التوقف متى شئت: لن يضيع شيء.</numerusform>
            <numerusform>خلال %n دقيقة تقريبا، يصبح حاسوبك جاهزا لاستقبال المكالمات من بيتك. يمكنك التوقف متى شئت: لن يضيع شيء.</numerusform>
            <numerusform>خلال %n دقيقة تقريبا، يصبح حاسوبك جاهزا لاستقبال المكالمات من بيتك. يمكنك التوقف متى شئت: لن يضيع شيء.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to the first page</source>
        <translation>العودة إلى الصفحة الأولى</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>استئناف</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>لنبدأ</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>This program checks the security of the workstation and sends it to the IT department. It does not listen to your calls or read your files.</source>
        <translation>يتحقق هذا البرنامج من حالة أمان الحاسوب ويرسلها إلى مصلحة المعلوميات. لا يتنصت على مكالماتك ولا يقرأ ملفاتك.</translation>
    </message>
    <message>
        <source>I have read the notice and I accept it</source>
        <translation>قرأت البيان وأوافق عليه</translation>
    </message>
    <message>
        <source>I have finished reading</source>
        <translation>أنهيت القراءة</translation>
    </message>
    <message>
        <source>Plug in</source>
        <translation>أوصل</translation>
    </message>
    <message>
        <source>the 4G box and your headset, supplied by the company</source>
        <translation>علبة الجيل الرابع وسماعة الرأس اللتين سلمتهما لك الشركة</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>وقّع</translation>
    </message>
    <message>
        <source>your telework addendum, in French or in Arabic</source>
        <translation>ملحق العمل عن بعد، بالعربية أو بالفرنسية</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>أكّد</translation>
    </message>
    <message>
        <source>who you are, your equipment and the security rules</source>
        <translation>هويتك ومعداتك وإرشادات الأمان</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>اعمل</translation>
    </message>
    <message>
        <source>as soon as the “Ready” light comes on</source>
        <translation>فور ظهور علامة «جاهز»</translation>
    </message>
    <message>
        <source>What remains</source>
        <translation>ما تبقى</translation>
    </message>
    <message>
        <source>Nothing remains</source>
        <translation>لم يبق شيء</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>النسخة %1</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>جواب صحيح</translation>
    </message>
    <message>
        <source>Not quite</source>
        <translation>ليس هذا هو الجواب</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>محاكاة</translation>
    </message>
    <message>
        <source>Read the notice (law 09-08)</source>
        <translation>اقرأ البيان (القانون ⁦09.08⁩)</translation>
    </message>
    <message>
        <source>Secure connection to the company</source>
        <translation>اتصال آمن بالشركة</translation>
    </message>
    <message>
        <source>The VPN encrypts all that travels between your home and our applications.</source>
        <translation>يشفر VPN كل ما يمر بين بيتك وتطبيقاتنا.</translation>
    </message>
    <message>
        <source>The profile of « %1 » is already installed.</source>
        <translation>ملف نشاط «%1» مثبت مسبقا.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>اتصل من جديد</translation>
    </message>
    <message>
        <source>Stopped. Your PC is as it was before.</source>
        <translation>تم الإيقاف. عاد حاسوبك كما كان.</translation>
    </message>
    <message>
        <source>Sign in to open the tunnel.</source>
        <translation>عرف بنفسك لفتح النفق.</translation>
    </message>
    <message>
        <source>A code is asked for.</source>
        <translation>المطلوب رمز.</translation>
    </message>
    <message>
        <source>The gateway says: %1</source>
        <translation>تقول البوابة: %1</translation>
    </message>
</context>
<context>
    <name>ProofCards</name>
    <message>
        <source>Your PC</source>
        <translation>حاسوبك</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>مشفر</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>جاهز</translation>
    </message>
    <message>
        <source>4G box</source>
        <translation>علبة الجيل الرابع</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>متصلة</translation>
    </message>
    <message>
        <source>VPN gateway</source>
        <translation>بوابة VPN</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>لاحقا</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>التطبيقات</translation>
    </message>
    <message>
        <source>they answer</source>
        <translation>تجيب</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>جار التحقق…</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>الهوية</translation>
    </message>
    <message>
        <source>A cut will ask you nothing</source>
        <translation>لن يطلب منك شيء بعد أي انقطاع</translation>
    </message>
    <message>
        <source>Identity accepted</source>
        <translation>تم التحقق من الهوية</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>دورك الآن</translation>
    </message>
    <message>
        <source>Stopped. Your PC is as it was before.</source>
        <translation>تم الإيقاف. عاد حاسوبك كما كان.</translation>
    </message>
    <message>
        <source>The gateway checks who you are</source>
        <translation>تتحقق البوابة من هويتك</translation>
    </message>
    <message>
        <source>Waiting for the gateway</source>
        <translation>في انتظار البوابة</translation>
    </message>
    <message>
        <source>The tunnel is being built again</source>
        <translation>النفق يعاد فتحه</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>النفق</translation>
    </message>
    <message>
        <source>Tunnel established</source>
        <translation>النفق مفتوح</translation>
    </message>
    <message>
        <source>Trying %1</source>
        <translation>محاولة مع %1</translation>
    </message>
    <message>
        <source>Internal address %1</source>
        <translation>العنوان الداخلي %1</translation>
    </message>
    <message numerus="yes">
        <source>back after %n cut(s)</source>
        <translation>
            <numerusform>عاد دون انقطاع</numerusform>
            <numerusform>عاد بعد انقطاع واحد</numerusform>
            <numerusform>عاد بعد انقطاعين</numerusform>
            <numerusform>عاد بعد %n انقطاعات</numerusform>
            <numerusform>عاد بعد %n انقطاعا</numerusform>
            <numerusform>عاد بعد %n انقطاع</numerusform>
        </translation>
    </message>
    <message>
        <source>session of %1 h</source>
        <translation>جلسة من %1 ساعات</translation>
    </message>
    <message>
        <source>No DNS leak</source>
        <translation>لا تسرب في DNS</translation>
    </message>
    <message>
        <source>Internal names</source>
        <translation>الأسماء الداخلية</translation>
    </message>
    <message>
        <source>Way to the Internet</source>
        <translation>الطريق إلى الإنترنت</translation>
    </message>
    <message>
        <source>Internal names must go through the tunnel</source>
        <translation>يجب أن تمر الأسماء الداخلية عبر النفق</translation>
    </message>
    <message>
        <source>Internal names go through the tunnel</source>
        <translation>تمر الأسماء الداخلية عبر النفق</translation>
    </message>
    <message>
        <source>Paths checked</source>
        <translation>تم فحص الطرق</translation>
    </message>
    <message>
        <source>This activity uses no internal names</source>
        <translation>لا يستعمل هذا النشاط أسماء داخلية</translation>
    </message>
    <message>
        <source>Applications of your activity</source>
        <translation>تطبيقات نشاطك</translation>
    </message>
    <message>
        <source>None is named for this activity</source>
        <translation>لا تطبيق محدد لهذا النشاط</translation>
    </message>
    <message>
        <source>%1 of %2 answer</source>
        <translation>%1 من %2 تجيب</translation>
    </message>
    <message>
        <source>its certificate is not recognised</source>
        <translation>شهادته غير معروفة</translation>
    </message>
    <message>
        <source>its name is not known here</source>
        <translation>اسمه غير معروف هنا</translation>
    </message>
    <message>
        <source>reached outside the tunnel</source>
        <translation>يصل خارج النفق</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>، </translation>
    </message>
    <message>
        <source>Call quality inside the tunnel</source>
        <translation>جودة المكالمة داخل النفق</translation>
    </message>
    <message>
        <source>Listening as in a call</source>
        <translation>استماع كما في مكالمة</translation>
    </message>
    <message>
        <source>A call under load</source>
        <translation>مكالمة أثناء نقل الملفات</translation>
    </message>
    <message>
        <source>Not asked for by this activity</source>
        <translation>غير مطلوبة في هذا النشاط</translation>
    </message>
    <message>
        <source>Voice expected: %1 out of 5 or better</source>
        <translation>الصوت المنتظر: %1 من 5 أو أكثر</translation>
    </message>
    <message>
        <source>Voice %1 out of 5</source>
        <translation>الصوت %1 من 5</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>استهلك %1</translation>
    </message>
    <message>
        <source>The gateway says: %1</source>
        <translation>تقول البوابة: %1</translation>
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
        <translation>اسم المستخدم</translation>
    </message>
    <message>
        <source>Passphrase of this PC’s key</source>
        <translation>العبارة السرية لمفتاح هذا الحاسوب</translation>
    </message>
    <message>
        <source>Password of your company session</source>
        <translation>كلمة سر جلستك في الشركة</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>رمز الاستعمال الواحد</translation>
    </message>
    <message>
        <source>Sign in on the page that opens in the browser, then come back here.</source>
        <translation>عرف بنفسك في الصفحة التي تفتح في المتصفح، ثم عد إلى هنا.</translation>
    </message>
    <message>
        <source>The gateway answers; it wants to know who you are.</source>
        <translation>البوابة تجيب، وتريد أن تعرف من أنت.</translation>
    </message>
    <message>
        <source>Your password is accepted. One more thing: the code.</source>
        <translation>كلمة سرك مقبولة. لم يبق إلا الرمز.</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>دورك الآن</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>افتح الصفحة</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>أرسل</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>عرف بنفسك</translation>
    </message>
    <message>
        <source>The whole addendum</source>
        <translation>الملحق كله</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>بماذا يتعلق الأمر؟</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>سؤالك</translation>
    </message>
    <message>
        <source>In your own words, in French or in Arabic</source>
        <translation>بكلماتك، بالعربية أو بالفرنسية</translation>
    </message>
    <message>
        <source>Human resources answer you. You may go on meanwhile and sign later: nothing is signed for you.</source>
        <translation>تجيبك الموارد البشرية. يمكنك المتابعة والتوقيع لاحقا: لا يوقع أي شيء مكانك.</translation>
    </message>
    <message>
        <source>Asked already:</source>
        <translation>سبق أن سألت:</translation>
    </message>
    <message>
        <source>I do not want to sign</source>
        <translation>لا أرغب في التوقيع</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Steps</source>
        <translation>المراحل</translation>
    </message>
    <message>
        <source>Marhaba</source>
        <translation>مرحبا</translation>
    </message>
    <message>
        <source>Telework set-up</source>
        <translation>تهيئة العمل عن بعد</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>الصفحة %1 من %2</translation>
    </message>
    <message>
        <source>The whole text</source>
        <translation>النص الكامل</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>الصفحة السابقة</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>الصفحة التالية</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>تصغير</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>تكبير</translation>
    </message>
    <message>
        <source>See the pages</source>
        <translation>عرض الصفحات</translation>
    </message>
    <message>
        <source>Read as text</source>
        <translation>قراءة كنص</translation>
    </message>
    <message>
        <source>The text of the addendum</source>
        <translation>نص الملحق</translation>
    </message>
    <message>
        <source>Back to the signature</source>
        <translation>العودة إلى التوقيع</translation>
    </message>
    <message>
        <source>Document %1, fingerprint %2: what you read is exactly what you sign.</source>
        <translation>الوثيقة %1، البصمة %2: ما تقرأه هو بالضبط ما توقعه.</translation>
    </message>
</context>
<context>
    <name>RefusalForm</name>
    <message>
        <source>Why? (only if you wish to say)</source>
        <translation>لماذا؟ (إن أردت أن تذكر ذلك)</translation>
    </message>
    <message>
        <source>In your own words, in French or in Arabic</source>
        <translation>بكلماتك، بالعربية أو بالفرنسية</translation>
    </message>
    <message>
        <source>Signing is voluntary. Human resources are told and call you; you can still change your mind afterwards.</source>
        <translation>التوقيع اختياري. الموارد البشرية تخبر بذلك وتتصل بك، ويمكنك تغيير رأيك لاحقا.</translation>
    </message>
    <message>
        <source>I do not sign this addendum</source>
        <translation>لا أوقع هذا الملحق</translation>
    </message>
</context>
<context>
    <name>RemarkStrip</name>
    <message>
        <source>Less</source>
        <translation>إخفاء</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>ما العمل؟</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>فهمت</translation>
    </message>
</context>
<context>
    <name>SignSide</name>
    <message>
        <source>I do not want to sign</source>
        <translation>لا أرغب في التوقيع</translation>
    </message>
    <message>
        <source>Simple electronic signature with a certificate of the company (law 43-20).</source>
        <translation>توقيع إلكتروني بسيط بشهادة من الشركة (القانون 43.20).</translation>
    </message>
</context>
<context>
    <name>SignalSide</name>
    <message>
        <source>Good signal: leave the box here.</source>
        <translation>إشارة جيدة: اترك العلبة هنا.</translation>
    </message>
    <message>
        <source>Fair signal: look for a better spot.</source>
        <translation>إشارة متوسطة: ابحث عن مكان أفضل.</translation>
    </message>
    <message>
        <source>Weak signal: move the box.</source>
        <translation>إشارة ضعيفة: حرك العلبة.</translation>
    </message>
    <message>
        <source>The box shows no signal.</source>
        <translation>لا تظهر العلبة أي إشارة.</translation>
    </message>
    <message>
        <source>Listen to the signal</source>
        <translation>استمع إلى الإشارة</translation>
    </message>
    <message>
        <source>A short tone each second: the higher it is, the better the signal.</source>
        <translation>نغمة قصيرة كل ثانية: كلما ارتفعت كانت الإشارة أفضل.</translation>
    </message>
    <message>
        <source>This PC has no sound output: watch the curve.</source>
        <translation>لا يوجد مخرج صوت في هذا الحاسوب: تابع المنحنى.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>جيد</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>متوسط</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>ضعيف</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>لا إشارة</translation>
    </message>
    <message>
        <source>Signal: %1 out of 100, %2</source>
        <translation>الإشارة: %1 من 100، %2</translation>
    </message>
    <message>
        <source>Live signal</source>
        <translation>الإشارة مباشرة</translation>
    </message>
    <message>
        <source>Signal over the last minute: now %1, best %2</source>
        <translation>الإشارة خلال الدقيقة الأخيرة: الآن %1، والأفضل %2</translation>
    </message>
    <message>
        <source>Strength (RSRP)</source>
        <translation>القوة (RSRP)</translation>
    </message>
    <message>
        <source>Clarity (SINR)</source>
        <translation>الوضوح (SINR)</translation>
    </message>
    <message>
        <source>Network, band %1</source>
        <translation>الشبكة، النطاق&#xa0;%1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>الشبكة</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>زمن الاستجابة</translation>
    </message>
    <message>
        <source>Tip: near a window, up high, away from the microwave.</source>
        <translation>نصيحة: قرب النافذة، في مكان مرتفع، بعيدا عن الميكروويف.</translation>
    </message>
    <message>
        <source>%1 better than at the start: keep going this way.</source>
        <translation>أفضل بمقدار %1 من البداية: واصل في هذا الاتجاه.</translation>
    </message>
    <message>
        <source>%1 less than at the best spot: go back towards it.</source>
        <translation>أقل بمقدار %1 من أفضل مكان: عد نحوه.</translation>
    </message>
    <message>
        <source>%1 better than at the start: this is the best spot so far, leave the box here.</source>
        <translation>أفضل بمقدار %1 من البداية: هذا أفضل مكان حتى الآن، اترك العلبة هنا.</translation>
    </message>
    <message>
        <source>A good spot: leave the box here, standing up and uncovered.</source>
        <translation>مكان جيد: اترك العلبة هنا، واقفة وغير مغطاة.</translation>
    </message>
    <message>
        <source>Strong but noisy: turn the box a little, away from screens and other devices.</source>
        <translation>قوية لكنها مشوشة: أدر العلبة قليلا، بعيدا عن الشاشات والأجهزة الأخرى.</translation>
    </message>
</context>
<context>
    <name>SignatureCard</name>
    <message>
        <source>Your signature</source>
        <translation>توقيعك</translation>
    </message>
    <message>
        <source>Draw it with the mouse, a pen or a finger</source>
        <translation>ارسمه بالفأرة أو القلم أو الإصبع</translation>
    </message>
    <message>
        <source>Your name, as you sign it</source>
        <translation>اسمك كما توقعه</translation>
    </message>
    <message>
        <source>First name and last name</source>
        <translation>الاسم الشخصي والعائلي</translation>
    </message>
    <message>
        <source>Draw instead</source>
        <translation>الرسم بدل الكتابة</translation>
    </message>
    <message>
        <source>Type my name</source>
        <translation>كتابة اسمي</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>Signature drawn</source>
        <translation>التوقيع مرسوم</translation>
    </message>
    <message>
        <source>No signature yet; with the keyboard, type your name instead.</source>
        <translation>لا توقيع بعد. بلوحة المفاتيح، اكتب اسمك بدلا من ذلك.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>التوقيع</translation>
    </message>
</context>
<context>
    <name>StepPage</name>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>to do</source>
        <translation>لم تنجز بعد</translation>
    </message>
    <message>
        <source>current step</source>
        <translation>المرحلة الحالية</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a spoken list</comment>
        <translation>، </translation>
    </message>
    <message>
        <source>passed</source>
        <translation>ناجحة</translation>
    </message>
    <message>
        <source>not passed</source>
        <translation>غير ناجحة</translation>
    </message>
    <message>
        <source>passed, with a warning</source>
        <translation>ناجحة مع ملاحظة</translation>
    </message>
    <message>
        <source>waived by IT</source>
        <translation>معفاة من طرف مصلحة المعلوميات</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>غير لازمة</translation>
    </message>
    <message>
        <source>could not be checked</source>
        <translation>تعذر التحقق منها</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Display</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Display: colours and text size</source>
        <translation>العرض: الألوان وحجم النص</translation>
    </message>
</context>
<context>
    <name>VerdictsCard</name>
    <message>
        <source>Redo</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>Left and right ear</source>
        <translation>الأذن اليسرى واليمنى</translation>
    </message>
    <message>
        <source>Room noise</source>
        <translation>ضجيج الغرفة</translation>
    </message>
    <message>
        <source>Voice level</source>
        <translation>مستوى الصوت</translation>
    </message>
    <message>
        <source>Listening back</source>
        <translation>الاستماع إلى صوتك</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>الصدى</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>أكدتهما بنفسك</translation>
    </message>
    <message>
        <source>Clear, you said</source>
        <translation>واضح حسب رأيك</translation>
    </message>
    <message>
        <source>Room at %1</source>
        <translation>الغرفة عند %1</translation>
    </message>
    <message>
        <source>Not a sound</source>
        <translation>لا يسمع أي صوت</translation>
    </message>
    <message>
        <source>SNR %1</source>
        <translation>%1 فوق الضجيج</translation>
    </message>
    <message>
        <source>Active %1 (P.56)</source>
        <translation>المستوى الفعلي %1 (P.56)</translation>
    </message>
    <message>
        <source>silent for %1</source>
        <translation>منقطع %1</translation>
    </message>
    <message>
        <source>None was heard</source>
        <translation>لم يسمع أي صدى</translation>
    </message>
    <message>
        <source>Coupling %1</source>
        <translation>الاقتران %1</translation>
    </message>
    <message>
        <source>delay %1</source>
        <translation>التأخر %1</translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Your addendum is being fetched</source>
        <translation>ملحقك في الطريق</translation>
    </message>
    <message>
        <source>A few seconds; a minute at most on a slow line.</source>
        <translation>بضع ثوان، أو دقيقة على الأكثر بخط بطيء.</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Marhaba</source>
        <translation>مرحبا</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>The helpdesk is told. Stay on this page or call them.</source>
        <translation>تم إعلام مكتب المساعدة. ابق في هذه الصفحة أو اتصل به.</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Your headset is checked</source>
        <translation>تم التحقق من سماعتك</translation>
    </message>
    <message>
        <source>Put your headset on and listen</source>
        <translation>ضع السماعة واستمع</translation>
    </message>
    <message>
        <source>Three seconds of silence</source>
        <translation>ثلاث ثوان من الصمت</translation>
    </message>
    <message>
        <source>Speak normally, as with a customer</source>
        <translation>تكلم بشكل عادي، كما مع زبون</translation>
    </message>
    <message>
        <source>Hear yourself as your customers will</source>
        <translation>اسمع نفسك كما يسمعك زبناؤك</translation>
    </message>
    <message>
        <source>Last point: no echo for your customers</source>
        <translation>النقطة الأخيرة: لا صدى لزبنائك</translation>
    </message>
    <message>
        <source>What was measured is kept as figures; what was recorded is erased as you leave this page.</source>
        <translation>تحفظ القياسات كأرقام فقط، وما تم تسجيله يمحى عند مغادرة هذه الصفحة.</translation>
    </message>
    <message>
        <source>The recording stays on this PC and is erased at once.</source>
        <translation>يبقى التسجيل في هذا الحاسوب ويمحى فورا.</translation>
    </message>
    <message>
        <source>A soft voice says three digits in one ear, then in the other. Set a comfortable volume as you listen.</source>
        <translation>صوت هادئ يقول ثلاثة أرقام في أذن ثم في الأخرى. اضبط مستوى صوت مريحا وأنت تستمع.</translation>
    </message>
    <message>
        <source>We listen to the room, to tell your voice from the noise around it.</source>
        <translation>نستمع إلى الغرفة لنميز صوتك عن الضجيج حوله.</translation>
    </message>
    <message>
        <source>Read the sentence aloud. We measure your microphone, then you hear yourself.</source>
        <translation>اقرأ الجملة بصوت مسموع. نقيس الميكروفون ثم تسمع نفسك.</translation>
    </message>
    <message>
        <source>Numbers do not say everything: you are the judge of what is heard.</source>
        <translation>الأرقام لا تقول كل شيء: أنت الحكم على ما يسمع.</translation>
    </message>
    <message>
        <source>Your customers must not hear themselves: a short sound tells what the microphone picks up of it.</source>
        <translation>يجب ألا يسمع زبناؤك أنفسهم: صوت قصير يبين ما يلتقطه الميكروفون منه.</translation>
    </message>
    <message>
        <source>“Hello, you are through to customer service, I am listening. Could you please confirm your name and your file number? Thank you, I am looking into it right now and I stay on the line with you.”</source>
        <translation>«مرحبا بك في خدمة الزبناء، أنا رهن إشارتك. هل يمكنك أن تؤكد لي اسمك ورقم ملفك من فضلك؟ شكرا لك، سأنظر في ذلك حالا وأبقى معك على الخط.»</translation>
    </message>
    <message>
        <source>This page notices at once when something changes.</source>
        <translation>هذه الصفحة تلاحظ أي تغيير فورا.</translation>
    </message>
    <message>
        <source>Looking for your headset</source>
        <translation>جار البحث عن سماعتك</translation>
    </message>
    <message>
        <source>A few seconds</source>
        <translation>بضع ثوان</translation>
    </message>
    <message>
        <source>You can be heard, and you hear well. Each point on the side can be redone.</source>
        <translation>صوتك مسموع وأنت تسمع جيدا. كل نقطة في الجانب يمكن إعادتها.</translation>
    </message>
    <message>
        <source>Microphone at rest</source>
        <translation>الميكروفون متوقف</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>بقيت %1 ث</translation>
    </message>
    <message>
        <source>Listening to the room</source>
        <translation>جار الاستماع إلى الغرفة</translation>
    </message>
    <message>
        <source>The sound is being played: stay silent</source>
        <translation>الصوت قيد التشغيل: ابق صامتا</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>جار التشغيل</translation>
    </message>
    <message>
        <source>Nothing is heard yet: read the sentence aloud</source>
        <translation>لا يسمع شيء بعد: اقرأ الجملة بصوت مسموع</translation>
    </message>
    <message>
        <source>A little louder, or the microphone closer</source>
        <translation>ارفع صوتك قليلا أو قرب الميكروفون</translation>
    </message>
    <message>
        <source>A little softer</source>
        <translation>اخفض صوتك قليلا</translation>
    </message>
    <message>
        <source>Good level, go on</source>
        <translation>مستوى جيد، واصل</translation>
    </message>
    <message>
        <source>Listen on the left</source>
        <translation>استمع من اليسار</translation>
    </message>
    <message>
        <source>Listen on the right</source>
        <translation>استمع من اليمين</translation>
    </message>
    <message>
        <source>Three digits will be said in your left ear.</source>
        <translation>ستقال ثلاثة أرقام في أذنك اليسرى.</translation>
    </message>
    <message>
        <source>Now three digits in your right ear.</source>
        <translation>والآن ثلاثة أرقام في أذنك اليمنى.</translation>
    </message>
    <message>
        <source>Which three digits did you hear on the left?</source>
        <translation>ما الأرقام الثلاثة التي سمعتها من اليسار؟</translation>
    </message>
    <message>
        <source>Which three digits did you hear on the right?</source>
        <translation>ما الأرقام الثلاثة التي سمعتها من اليمين؟</translation>
    </message>
    <message>
        <source>Virtual headset, nobody can hear it. It says: %1</source>
        <translation>سماعة افتراضية لا يسمعها أحد. تقول: %1</translation>
    </message>
    <message>
        <source>The voice is speaking</source>
        <translation>الصوت يتكلم</translation>
    </message>
    <message>
        <source>Not those. Listen to three new ones.</source>
        <translation>ليست هذه. استمع إلى ثلاثة أرقام أخرى.</translation>
    </message>
    <message>
        <source>Click the keys or type on the keyboard.</source>
        <translation>انقر على الأزرار أو اكتب بلوحة المفاتيح.</translation>
    </message>
    <message>
        <source>Say other digits</source>
        <translation>قل أرقاما أخرى</translation>
    </message>
    <message>
        <source>I hear nothing</source>
        <translation>لا أسمع شيئا</translation>
    </message>
    <message>
        <source>Say nothing for three seconds, headset on.</source>
        <translation>لا تقل شيئا لثلاث ثوان والسماعة على رأسك.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Listen to the room</source>
        <translation>استمع إلى الغرفة</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>سجل من جديد</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>سجل</translation>
    </message>
    <message>
        <source>Listen back</source>
        <translation>استمع إلى التسجيل</translation>
    </message>
    <message>
        <source>This is how your customers hear you.</source>
        <translation>هكذا يسمعك زبناؤك.</translation>
    </message>
    <message>
        <source>Was it clear, from the first word to the last?</source>
        <translation>هل كان واضحا من أول كلمة إلى آخرها؟</translation>
    </message>
    <message>
        <source>Yes, it is clear</source>
        <translation>نعم، واضح</translation>
    </message>
    <message>
        <source>Your voice is measured. Listen to it before going on.</source>
        <translation>تم قياس صوتك. استمع إليه قبل المتابعة.</translation>
    </message>
    <message>
        <source>Keep the headset on and say nothing: a sound glides from low to high for two seconds.</source>
        <translation>أبق السماعة على رأسك ولا تقل شيئا: صوت يتدرج من الغليظ إلى الحاد لثانيتين.</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>شغل الصوت</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Read your telework addendum</source>
        <translation>اقرأ ملحق العمل عن بعد</translation>
    </message>
    <message>
        <source>Ask your question</source>
        <translation>اطرح سؤالك</translation>
    </message>
    <message>
        <source>You do not want to sign</source>
        <translation>لا ترغب في التوقيع</translation>
    </message>
    <message>
        <source>Your refusal is recorded</source>
        <translation>سجلنا عدم موافقتك</translation>
    </message>
    <message>
        <source>Your addendum is signed</source>
        <translation>ملحقك موقع</translation>
    </message>
    <message>
        <source>Sign your telework addendum</source>
        <translation>وقع ملحق العمل عن بعد</translation>
    </message>
    <message>
        <source>Your signature is made and kept. The dated and sealed copy follows by itself.</source>
        <translation>توقيعك تم وهو محفوظ. النسخة المؤرخة والمختومة تصل وحدها.</translation>
    </message>
    <message>
        <source>Human resources read it and answer you. Nothing is signed before you are sure.</source>
        <translation>تقرؤه الموارد البشرية وتجيبك. لا يوقع أي شيء قبل أن تطمئن.</translation>
    </message>
    <message>
        <source>It is your right. Human resources are told and talk it over with you; nothing else on this PC changes.</source>
        <translation>هذا من حقك. الموارد البشرية تخبر بذلك وتتحدث معك، ولا يتغير شيء آخر في هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Human resources know and will call you. You may read the document again and sign it after all.</source>
        <translation>الموارد البشرية على علم وستتصل بك. يمكنك قراءة الوثيقة من جديد وتوقيعها إن شئت.</translation>
    </message>
    <message>
        <source>You and the company have the same copy. Keep yours: it is a contract.</source>
        <translation>لديك ولدى الشركة النسخة نفسها. احتفظ بنسختك فهي عقد.</translation>
    </message>
    <message>
        <source>Read it, ask your questions, then sign. You get your copy at once; the signature is legally valid (law 43-20).</source>
        <translation>اقرأ واطرح أسئلتك ثم وقع. تتسلم نسختك فورا، وللتوقيع قيمة قانونية (القانون 43.20).</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>ما العمل؟</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>قراءة الملحق من جديد</translation>
    </message>
    <message>
        <source>I have read the text</source>
        <translation>قرأت النص</translation>
    </message>
    <message>
        <source>Read, on to the signature</source>
        <translation>قرأت، إلى التوقيع</translation>
    </message>
    <message>
        <source>Read, next page</source>
        <translation>قرأت، الصفحة التالية</translation>
    </message>
    <message>
        <source>Sign the addendum</source>
        <translation>توقيع الملحق</translation>
    </message>
    <message>
        <source>Send my question</source>
        <translation>إرسال سؤالي</translation>
    </message>
    <message>
        <source>Record my refusal</source>
        <translation>تأكيد عدم التوقيع</translation>
    </message>
    <message>
        <source>The document has been replaced by a newer one. Please read it again: only the new one counts.</source>
        <translation>حلت وثيقة أحدث محل السابقة. المرجو قراءتها من جديد، فهي وحدها المعتمدة.</translation>
    </message>
    <message>
        <source>No line at the moment: you can read. To sign, wait until the connection is back.</source>
        <translation>لا اتصال الآن: يمكنك القراءة. للتوقيع انتظر عودة الاتصال.</translation>
    </message>
    <message>
        <source>This is a new version of the addendum you signed. Read what has changed, then sign it.</source>
        <translation>هذه نسخة جديدة من الملحق الذي وقعته. اقرأها ثم وقعها.</translation>
    </message>
    <message>
        <source>Your question is with human resources. You can sign as soon as you are sure.</source>
        <translation>سؤالك عند الموارد البشرية. يمكنك التوقيع متى اطمأننت.</translation>
    </message>
    <message>
        <source>I have a question</source>
        <translation>لدي سؤال</translation>
    </message>
</context>
</TS>
