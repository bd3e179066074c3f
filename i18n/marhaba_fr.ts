<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>ActView</name>
    <message>
        <source>Left</source>
        <translation>Gauche</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Droite</translation>
    </message>
</context>
<context>
    <name>AdviceView</name>
    <message>
        <source>What to do now</source>
        <translation>Que faire maintenant</translation>
    </message>
    <message>
        <source>Who fixes it?</source>
        <translation>Qui règle cela&#xa0;?</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Help is on its way</source>
        <translation>L’aide arrive</translation>
    </message>
    <message>
        <source>Ask for help</source>
        <translation>Demander de l’aide</translation>
    </message>
    <message>
        <source>Code to give on the phone</source>
        <translation>Code à donner au téléphone</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Détails techniques</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>You, in a minute</source>
        <translation>Vous, en une minute</translation>
    </message>
    <message>
        <source>The helpdesk stays at your side if it does not work.</source>
        <translation>Le helpdesk reste à vos côtés si cela ne marche pas.</translation>
    </message>
    <message>
        <source>The helpdesk</source>
        <translation>Le helpdesk</translation>
    </message>
    <message>
        <source>Call and read the code below; they see where you stopped.</source>
        <translation>Appelez et lisez le code ci-dessous. Le conseiller voit où vous en êtes.</translation>
    </message>
    <message>
        <source>The IT department</source>
        <translation>Le service informatique</translation>
    </message>
    <message>
        <source>You cannot mend this yourself. Ask for help and they are told at once.</source>
        <translation>Vous ne pouvez pas régler cela vous-même. Demandez de l’aide&#xa0;: le service est prévenu aussitôt.</translation>
    </message>
    <message>
        <source>The telecom operator</source>
        <translation>L’opérateur télécom</translation>
    </message>
    <message>
        <source>The helpdesk calls the operator for you.</source>
        <translation>Le helpdesk appelle l’opérateur pour vous.</translation>
    </message>
    <message>
        <source>Human resources</source>
        <translation>Les ressources humaines</translation>
    </message>
    <message>
        <source>They hold your file. The helpdesk can put you through.</source>
        <translation>Elles tiennent votre dossier. Le helpdesk peut vous les passer.</translation>
    </message>
    <message>
        <source>Details copied</source>
        <translation>Détails copiés</translation>
    </message>
</context>
<context>
    <name>BeforeCard</name>
    <message>
        <source>Before signing</source>
        <translation>Avant de signer</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>à faire</translation>
    </message>
    <message>
        <source>Read to page %1</source>
        <translation>Lu jusqu’à la page %1</translation>
    </message>
    <message>
        <source>To be read to page %1</source>
        <translation>À lire jusqu’à la page %1</translation>
    </message>
    <message>
        <source>See the document</source>
        <translation>Voir le document</translation>
    </message>
    <message>
        <source>I agree to sign electronically</source>
        <translation>J’accepte de signer électroniquement</translation>
    </message>
    <message>
        <source>Code typed</source>
        <translation>Code saisi</translation>
    </message>
    <message>
        <source>Confirm that it is you</source>
        <translation>Confirmez que c’est bien vous</translation>
    </message>
    <message>
        <source>Demonstration: the code is shown on the server’s console.</source>
        <translation>Démonstration&#xa0;: le code est affiché sur la console du serveur.</translation>
    </message>
    <message>
        <source>Code sent to %1</source>
        <translation>Code envoyé au %1</translation>
    </message>
    <message>
        <source>The company knows no telephone number or e-mail address of yours.</source>
        <translation>L’entreprise ne connaît ni téléphone ni e-mail pour vous.</translation>
    </message>
    <message>
        <source>A code comes by SMS to %1</source>
        <translation>Un code arrive par SMS au %1</translation>
    </message>
    <message>
        <source>A code comes to %1</source>
        <translation>Un code arrive à %1</translation>
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
        <translation>Fermer</translation>
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
        <translation>Mot de passe de la box (sur l’étiquette, dessous)</translation>
    </message>
    <message>
        <source>Open the box</source>
        <translation>Ouvrir la box</translation>
    </message>
    <message>
        <source>Looking for the box</source>
        <translation>Recherche de la box</translation>
    </message>
    <message>
        <source>A few seconds</source>
        <translation>Quelques secondes</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Pas de connexion</translation>
    </message>
    <message>
        <source>Box detected</source>
        <translation>Box détectée</translation>
    </message>
    <message>
        <source>No known box</source>
        <translation>Box non trouvée</translation>
    </message>
    <message>
        <source>not the one on your sheet, the helpdesk is told</source>
        <translation>ce n’est pas celle de votre fiche, le helpdesk est prévenu</translation>
    </message>
    <message>
        <source>PIN of the SIM card</source>
        <translation>Code PIN de la carte SIM</translation>
    </message>
    <message>
        <source>This PIN is not the right one.</source>
        <translation>Ce code PIN n’est pas le bon.</translation>
    </message>
    <message>
        <source>Unlock the SIM card</source>
        <translation>Débloquer la carte SIM</translation>
    </message>
    <message>
        <source>SIM card</source>
        <translation>Carte SIM</translation>
    </message>
    <message>
        <source>The box does not say yet</source>
        <translation>La box ne le dit pas encore</translation>
    </message>
    <message>
        <source>no PIN asked for</source>
        <translation>aucun code PIN demandé</translation>
    </message>
    <message>
        <source>SIM card active</source>
        <translation>Carte SIM active</translation>
    </message>
    <message numerus="yes">
        <source>%n tries left, the last one is kept</source>
        <translation>
            <numerusform>%n essai restant, gardé en réserve</numerusform>
            <numerusform>%n essais restants, le dernier est gardé en réserve</numerusform>
        </translation>
    </message>
    <message>
        <source>Internet reachable</source>
        <translation>Internet accessible</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>Internet</translation>
    </message>
    <message>
        <source>The company’s server answers</source>
        <translation>Le serveur de l’entreprise répond</translation>
    </message>
    <message>
        <source>Asking the company’s server</source>
        <translation>Question au serveur de l’entreprise</translation>
    </message>
    <message>
        <source>Checked as the test begins</source>
        <translation>Vérifié au début du test</translation>
    </message>
    <message>
        <source>Call quality</source>
        <translation>Qualité d’appel</translation>
    </message>
    <message>
        <source>Test again (%1 at most)</source>
        <translation>Refaire le test (%1 au plus)</translation>
    </message>
    <message>
        <source>Test the line (%1 at most)</source>
        <translation>Tester la ligne (%1 au plus)</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>Annuler le test</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>The test starts when the signal stays good: %1 at most of your allowance.</source>
        <translation>Le test démarre quand le signal reste bon&#xa0;: %1 au plus sur votre forfait.</translation>
    </message>
    <message>
        <source>Find a good spot, then test: %1 at most of your allowance.</source>
        <translation>Trouvez un bon endroit, puis testez&#xa0;: %1 au plus sur votre forfait.</translation>
    </message>
    <message>
        <source>Without the signal of the box, the call alone is measured: %1 at most of your allowance.</source>
        <translation>Sans le signal de la box, seul l’appel est mesuré&#xa0;: %1 au plus sur votre forfait.</translation>
    </message>
    <message>
        <source>Possible once the points above are settled</source>
        <translation>Possible une fois les points ci-dessus réglés</translation>
    </message>
    <message>
        <source>Opening the line</source>
        <translation>Ouverture de la ligne</translation>
    </message>
    <message>
        <source>Listening as in a call</source>
        <translation>Écoute, comme pendant un appel</translation>
    </message>
    <message>
        <source>A call while receiving</source>
        <translation>Un appel pendant une réception</translation>
    </message>
    <message>
        <source>A call while sending</source>
        <translation>Un appel pendant un envoi</translation>
    </message>
    <message>
        <source>%1, %2 at most of your allowance</source>
        <translation>%1, %2 au plus sur votre forfait</translation>
    </message>
    <message>
        <source>Voice %1 out of 5</source>
        <translation>Voix %1 sur 5</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>perte %1</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 utilisés</translation>
    </message>
</context>
<context>
    <name>ChoiceCard</name>
    <message>
        <source>Right answer</source>
        <translation>Bonne réponse</translation>
    </message>
    <message>
        <source>Wrong answer</source>
        <translation>Mauvaise réponse</translation>
    </message>
</context>
<context>
    <name>CodeForm</name>
    <message>
        <source>This code is too old now. Ask for another one.</source>
        <translation>Ce code est trop vieux. Demandez-en un autre.</translation>
    </message>
    <message numerus="yes">
        <source>Another code in %n second(s)</source>
        <translation>
            <numerusform>Un autre code dans %n seconde</numerusform>
            <numerusform>Un autre code dans %n secondes</numerusform>
        </translation>
    </message>
    <message>
        <source>Send me the code</source>
        <translation>Recevoir mon code</translation>
    </message>
    <message>
        <source>The code, six digits</source>
        <translation>Le code, six chiffres</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>Six chiffres</translation>
    </message>
    <message numerus="yes">
        <source>%n try(ies) left</source>
        <translation>
            <numerusform>Encore %n essai</numerusform>
            <numerusform>Encore %n essais</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It works for %n minute(s).</source>
        <translation>
            <numerusform>Valable %n minute.</numerusform>
            <numerusform>Valable %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send another code</source>
        <translation>Envoyer un autre code</translation>
    </message>
</context>
<context>
    <name>CrashPage</name>
    <message>
        <source>Marhaba met a problem of its own</source>
        <translation>Marhaba a rencontré un problème</translation>
    </message>
    <message>
        <source>It is not something you did. Everything you finished is kept.</source>
        <translation>Vous n’y êtes pour rien. Tout ce que vous avez terminé est conservé.</translation>
    </message>
    <message>
        <source>What to do now</source>
        <translation>Que faire maintenant</translation>
    </message>
    <message>
        <source>Restart Marhaba: it opens again where you were. If this page comes back, call the helpdesk and read the reference.</source>
        <translation>Relancez Marhaba&#xa0;: il reprend là où vous étiez. Si cette page revient, appelez le helpdesk et lisez la référence.</translation>
    </message>
    <message>
        <source>Reference to give on the phone</source>
        <translation>Référence à donner au téléphone</translation>
    </message>
    <message>
        <source>Restart Marhaba</source>
        <translation>Relancer Marhaba</translation>
    </message>
    <message>
        <source>Copy diagnostic</source>
        <translation>Copier le diagnostic</translation>
    </message>
    <message>
        <source>Diagnostic copied</source>
        <translation>Diagnostic copié</translation>
    </message>
</context>
<context>
    <name>DeviceBar</name>
    <message>
        <source>No headset</source>
        <translation>Aucun casque</translation>
    </message>
    <message>
        <source>%1, default</source>
        <translation>%1, par défaut</translation>
    </message>
    <message>
        <source>%1, not the default</source>
        <translation>%1, pas celui par défaut</translation>
    </message>
    <message>
        <source>unplugged</source>
        <translation>débranché</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changer</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Micro</translation>
    </message>
    <message>
        <source>Ear piece</source>
        <translation>Écouteur</translation>
    </message>
    <message>
        <source>Sound goes to: %1</source>
        <translation>Le son sort par&#xa0;: %1</translation>
    </message>
    <message>
        <source>Not the model on your sheet; the helpdesk is told.</source>
        <translation>Ce n’est pas le modèle de votre fiche&#xa0;; le helpdesk en est informé.</translation>
    </message>
    <message>
        <source>Bluetooth hands-free carries telephone sound only.</source>
        <translation>Le Bluetooth mains libres ne transporte qu’un son de téléphone.</translation>
    </message>
    <message>
        <source>%1 (virtual)</source>
        <translation>%1 (virtuel)</translation>
    </message>
    <message>
        <source>part of the PC, not a headset</source>
        <translation>intégré au PC, pas un casque</translation>
    </message>
    <message>
        <source>USB headset</source>
        <translation>casque USB</translation>
    </message>
    <message>
        <source>Bluetooth headset</source>
        <translation>casque Bluetooth</translation>
    </message>
    <message>
        <source>wired headset</source>
        <translation>casque filaire</translation>
    </message>
    <message>
        <source>headset</source>
        <translation>casque</translation>
    </message>
    <message>
        <source>sound device</source>
        <translation>appareil audio</translation>
    </message>
</context>
<context>
    <name>DisplayPanel</name>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste élevé</translation>
    </message>
    <message>
        <source>Text size %1</source>
        <translation>Taille du texte %1</translation>
    </message>
</context>
<context>
    <name>DoneView</name>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>awaited</source>
        <translation>attendu</translation>
    </message>
    <message>
        <source>Signed by you</source>
        <translation>Signé par vous</translation>
    </message>
    <message>
        <source>Time stamp number %1</source>
        <translation>Horodatage n°&#xa0;%1</translation>
    </message>
    <message>
        <source>Dated by a time-stamp authority</source>
        <translation>Daté par une autorité d’horodatage</translation>
    </message>
    <message>
        <source>Sealed by the company</source>
        <translation>Scellé par l’entreprise</translation>
    </message>
    <message>
        <source>Nobody can change a word of it any more without it showing.</source>
        <translation>Plus personne ne peut en changer un mot sans que cela se voie.</translation>
    </message>
    <message>
        <source>Signed, time stamp awaited</source>
        <translation>Signé, horodatage en attente</translation>
    </message>
    <message>
        <source>The time-stamp authority does not answer now. It follows by itself; you have nothing more to do.</source>
        <translation>L’autorité d’horodatage ne répond pas en ce moment. La date suivra toute seule&#xa0;; vous n’avez plus rien à faire.</translation>
    </message>
    <message>
        <source>Seal of the company awaited</source>
        <translation>Sceau de l’entreprise en attente</translation>
    </message>
    <message>
        <source>It is set as soon as the time stamp has come.</source>
        <translation>Il est posé dès que l’horodatage est arrivé.</translation>
    </message>
    <message>
        <source>Simple electronic signature with a certificate of the company (law 43-20).</source>
        <translation>Signature électronique simple, avec un certificat de l’entreprise (loi 43-20).</translation>
    </message>
    <message>
        <source>Your identity was confirmed by a code sent to %1.</source>
        <translation>Votre identité a été confirmée par un code envoyé au %1.</translation>
    </message>
    <message>
        <source>In Documents: %1 and its proof %2</source>
        <translation>Dans Documents&#xa0;: %1 et sa preuve %2</translation>
    </message>
    <message>
        <source>Your copy is saved</source>
        <translation>Votre exemplaire est enregistré</translation>
    </message>
    <message>
        <source>Your copy follows</source>
        <translation>Votre exemplaire suit</translation>
    </message>
    <message>
        <source>It is saved in Documents when the time stamp has come.</source>
        <translation>Il sera dans Documents quand l’horodatage sera arrivé.</translation>
    </message>
    <message>
        <source>Your copy is being saved</source>
        <translation>Votre exemplaire s’enregistre</translation>
    </message>
    <message>
        <source>Open my copy</source>
        <translation>Ouvrir mon exemplaire</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Voir le dossier</translation>
    </message>
    <message>
        <source>Save my copy again</source>
        <translation>Redemander mon exemplaire</translation>
    </message>
    <message>
        <source>Fingerprint of your copy (SHA-256): %1</source>
        <translation>Empreinte de votre exemplaire (SHA-256)&#xa0;: %1</translation>
    </message>
    <message>
        <source>Your certificate: %1</source>
        <translation>Votre certificat&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>FootBar</name>
    <message>
        <source>Checking…</source>
        <translation>Vérification…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>HelpCard</name>
    <message>
        <source>Need help?</source>
        <translation>Besoin d’aide&#xa0;?</translation>
    </message>
    <message>
        <source>Helpdesk %1</source>
        <translation>Helpdesk %1</translation>
    </message>
    <message>
        <source>Give this code to the adviser:</source>
        <translation>Donnez ce code au conseiller&#xa0;:</translation>
    </message>
    <message>
        <source>Copy diagnostic</source>
        <translation>Copier le diagnostic</translation>
    </message>
    <message>
        <source>Open logs</source>
        <translation>Journaux</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Diagnostic copied</source>
        <translation>Diagnostic copié</translation>
    </message>
    <message>
        <source>Place copied</source>
        <translation>Chemin copié</translation>
    </message>
    <message>
        <source>The folder cannot be opened on this PC. Its place is copied.</source>
        <translation>Le dossier ne peut pas être ouvert sur ce PC. Son chemin est copié.</translation>
    </message>
</context>
<context>
    <name>Indicator</name>
    <message numerus="yes">
        <source>%n step(s) sent to IT</source>
        <translation>
            <numerusform>%n étape transmise au SI</numerusform>
            <numerusform>%n étapes transmises au SI</numerusform>
        </translation>
    </message>
    <message>
        <source>IT refuses the report, call the helpdesk</source>
        <translation>le SI refuse l’envoi, appelez le helpdesk</translation>
    </message>
    <message>
        <source>waiting for connection</source>
        <translation>en attente de connexion</translation>
    </message>
    <message>
        <source>nothing to send yet</source>
        <translation>rien à transmettre pour l’instant</translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>%n à envoyer</numerusform>
            <numerusform>%n à envoyer</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing waiting</source>
        <translation>rien en attente</translation>
    </message>
    <message numerus="yes">
        <source>%n refused by IT, call the helpdesk</source>
        <translation>
            <numerusform>%n envoi refusé, appelez le helpdesk</numerusform>
            <numerusform>%n envois refusés, appelez le helpdesk</numerusform>
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
        <translation>Chiffre %1</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Effacer le dernier chiffre</translation>
    </message>
    <message>
        <source>Heard so far: %1</source>
        <translation>Entendu jusqu’ici&#xa0;: %1</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>rien encore</translation>
    </message>
</context>
<context>
    <name>KitRow</name>
    <message>
        <source>Laptop</source>
        <translation>PC portable</translation>
    </message>
    <message>
        <source>4G box</source>
        <translation>Box 4G</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>Casque</translation>
    </message>
    <message>
        <source>This is the one</source>
        <translation>C’est le bon</translation>
    </message>
    <message>
        <source>I do not have it</source>
        <translation>Je ne l’ai pas</translation>
    </message>
    <message>
        <source>Other number</source>
        <translation>Autre numéro</translation>
    </message>
    <message>
        <source>Number written on the item</source>
        <translation>Numéro inscrit sur l’appareil</translation>
    </message>
    <message>
        <source>Note this number</source>
        <translation>Noter ce numéro</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Change my answer</source>
        <translation>Changer ma réponse</translation>
    </message>
    <message>
        <source>Reading the serial number of this PC…</source>
        <translation>Lecture du numéro de série de ce PC…</translation>
    </message>
    <message>
        <source>The box’s own number ends in %1, as on your sheet</source>
        <translation>Le numéro lu dans la box finit par %1, comme sur votre fiche</translation>
    </message>
    <message>
        <source>Sheet: %1. The box you placed says: %2. Noted, the helpdesk puts it right.</source>
        <translation>Fiche&#xa0;: %1. La box installée indique&#xa0;: %2. C’est noté, le helpdesk met cela en ordre.</translation>
    </message>
    <message>
        <source>Serial number %1 read on this PC: identical</source>
        <translation>N° de série %1 lu sur ce poste&#xa0;: identique</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>Confirmé par vous</translation>
    </message>
    <message>
        <source>You do not have it. The helpdesk is told.</source>
        <translation>Vous ne l’avez pas. Le helpdesk est prévenu.</translation>
    </message>
    <message>
        <source>Sheet: %1. This PC says: %2. Noted, the helpdesk corrects the sheet.</source>
        <translation>Fiche&#xa0;: %1. Ce PC indique&#xa0;: %2. C’est noté, le helpdesk corrige la fiche.</translation>
    </message>
    <message>
        <source>Sheet: %1. Yours: %2. Noted, the helpdesk corrects the sheet.</source>
        <translation>Fiche&#xa0;: %1. Le vôtre&#xa0;: %2. C’est noté, le helpdesk corrige la fiche.</translation>
    </message>
    <message>
        <source>Do you have it with you?</source>
        <translation>L’avez-vous avec vous&#xa0;?</translation>
    </message>
    <message>
        <source>Sheet: no. %1. This PC does not show its number: look under it.</source>
        <translation>Fiche&#xa0;: n° %1. Ce PC n’affiche pas son numéro&#xa0;: regardez dessous.</translation>
    </message>
    <message>
        <source>Sheet: no. %1. Is yours different?</source>
        <translation>Fiche&#xa0;: n° %1. Le vôtre est différent&#xa0;?</translation>
    </message>
</context>
<context>
    <name>LanguageSwitch</name>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Well done, one last promise</source>
        <translation>Bravo, un dernier engagement</translation>
    </message>
    <message>
        <source>Your question waits for you, nothing is lost.</source>
        <translation>Votre question vous attend, rien n’est perdu.</translation>
    </message>
    <message>
        <source>Customers trust you with their data: these rules also protect you.</source>
        <translation>Les clients vous confient leurs données&#xa0;: ces règles vous protègent aussi.</translation>
    </message>
    <message numerus="yes">
        <source>Topic to revise %1 of %2 · %n minute(s) of reading.</source>
        <translation>
            <numerusform>Thème à revoir %1 sur %2 · %n minute de lecture.</numerusform>
            <numerusform>Thème à revoir %1 sur %2 · %n minutes de lecture.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Topic %1 of %2 · %n minute(s) of reading.</source>
        <translation>
            <numerusform>Thème %1 sur %2 · %n minute de lecture.</numerusform>
            <numerusform>Thème %1 sur %2 · %n minutes de lecture.</numerusform>
        </translation>
    </message>
    <message>
        <source>The tries are used up: you may read on, and the quiz opens again once the IT department has given new ones.</source>
        <translation>Les essais sont utilisés : vous pouvez relire, et le questionnaire rouvrira quand le service informatique en aura donné d’autres.</translation>
    </message>
    <message>
        <source>Question %1 of %2 · Topic: %3. You can read the rule again at any time.</source>
        <translation>Question %1 sur %2 · Thème&#xa0;: %3. Vous pouvez relire la consigne à tout moment.</translation>
    </message>
    <message>
        <source>Back to the question</source>
        <translation>Revenir à la question</translation>
    </message>
    <message>
        <source>Read, on to the questions</source>
        <translation>J’ai lu, passer aux questions</translation>
    </message>
    <message>
        <source>Read, next</source>
        <translation>J’ai lu, suivant</translation>
    </message>
    <message>
        <source>Connect this PC to your 4G box</source>
        <translation>Reliez ce PC à votre box 4G</translation>
    </message>
    <message>
        <source>Place the box where the signal is strongest</source>
        <translation>Placez la box là où le signal est le plus fort</translation>
    </message>
    <message>
        <source>Your calls will go through it. Choose its Wi-Fi or plug in its cable: this page notices at once.</source>
        <translation>Vos appels passeront par elle. Choisissez son Wi-Fi ou branchez son câble&#xa0;: cette page le voit aussitôt.</translation>
    </message>
    <message>
        <source>A good signal keeps your calls from dropping. Move the box: the curve reacts at once; set it down when it stays in the green.</source>
        <translation>Un bon signal évite les coupures pendant vos appels. Déplacez la box&#xa0;: la courbe réagit en direct, posez-la quand elle reste dans le vert.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>The SIM card is unlocked.</source>
        <translation>La carte SIM est débloquée.</translation>
    </message>
    <message>
        <source>This PIN is not the right one.</source>
        <translation>Ce code PIN n’est pas le bon.</translation>
    </message>
    <message>
        <source>The box is open.</source>
        <translation>La box est ouverte.</translation>
    </message>
    <message>
        <source>The test of the line begins.</source>
        <translation>Le test de la ligne commence.</translation>
    </message>
    <message>
        <source>The test is cancelled.</source>
        <translation>Le test est annulé.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>I promise</source>
        <translation>Je m’engage</translation>
    </message>
    <message>
        <source>Take the time to read: the button wakes up in a moment.</source>
        <translation>Prenez le temps de lire&#xa0;: le bouton s’active dans un instant.</translation>
    </message>
    <message>
        <source>Go on whenever you are ready.</source>
        <translation>Continuez quand vous voulez.</translation>
    </message>
    <message>
        <source>The rules have been updated since your last visit. Please read them again: only the new ones count.</source>
        <translation>Les consignes ont été mises à jour depuis votre dernière visite. Relisez-les&#xa0;: seules les nouvelles comptent.</translation>
    </message>
    <message>
        <source>Your topics</source>
        <translation>Vos thèmes</translation>
    </message>
    <message>
        <source>Read this rule again</source>
        <translation>Relire cette consigne</translation>
    </message>
    <message>
        <source>The quiz is passed</source>
        <translation>Le questionnaire est réussi</translation>
    </message>
    <message numerus="yes">
        <source>%n right answer(s) of %1</source>
        <translation>
            <numerusform>%n bonne réponse sur %1</numerusform>
            <numerusform>%n bonnes réponses sur %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Version %1 of the rules</source>
        <translation>Version %1 des consignes</translation>
    </message>
    <message>
        <source>It is recorded with your promise.</source>
        <translation>C’est enregistré avec votre engagement.</translation>
    </message>
    <message>
        <source>I have read these rules and I will apply them</source>
        <translation>J’ai lu ces consignes et je les appliquerai</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>you are here</source>
        <translation>vous êtes ici</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>à venir</translation>
    </message>
    <message>
        <source>to revise</source>
        <translation>à revoir</translation>
    </message>
    <message>
        <source>Enter your activation code</source>
        <translation>Entrez votre code d’activation</translation>
    </message>
    <message>
        <source>Check that this is you and that this is your equipment</source>
        <translation>Vérifiez que c’est bien vous et bien votre matériel</translation>
    </message>
    <message>
        <source>It is on the sheet that came with your equipment, or in the text message from human resources. It pairs this workstation with you, once only.</source>
        <translation>Il figure sur la fiche remise avec votre matériel, ou dans le SMS des ressources humaines. Il relie ce poste à vous, une seule fois.</translation>
    </message>
    <message>
        <source>The right person with the right equipment: that is what protects you if something goes missing.</source>
        <translation>La bonne personne, le bon matériel&#xa0;: c’est ce qui vous protège si quelque chose disparaît.</translation>
    </message>
    <message>
        <source>Tell the helpdesk</source>
        <translation>Prévenir le helpdesk</translation>
    </message>
    <message>
        <source>The code is accepted. Check your equipment line by line.</source>
        <translation>Le code est accepté. Vérifiez votre matériel ligne par ligne.</translation>
    </message>
    <message>
        <source>Not now, I will type it</source>
        <translation>Pas maintenant, je le saisirai</translation>
    </message>
    <message>
        <source>Your equipment, line by line</source>
        <translation>Votre matériel, ligne par ligne</translation>
    </message>
    <message>
        <source>This PC was prepared for you: the code is filled in and is checked by itself.</source>
        <translation>Ce PC a été préparé pour vous&#xa0;: le code est déjà saisi et se vérifie tout seul.</translation>
    </message>
    <message>
        <source>“%1” is never in a code. Compare it with the sheet: 0, O, 1, I, L and U are not used.</source>
        <translation>«&#xa0;%1&#xa0;» ne figure jamais dans un code. Comparez avec la fiche&#xa0;: 0, O, 1, I, L et U ne sont pas utilisés.</translation>
    </message>
    <message>
        <source>A character is wrong or two are swapped. Compare the code with the sheet, group by group.</source>
        <translation>Un caractère est faux, ou deux sont inversés. Comparez le code avec la fiche, groupe par groupe.</translation>
    </message>
    <message>
        <source>That is more than 12 characters. Type only the code.</source>
        <translation>Il y a plus de 12 caractères. Saisissez seulement le code.</translation>
    </message>
    <message>
        <source>Code valid</source>
        <translation>Code valable</translation>
    </message>
    <message>
        <source>Checking the code</source>
        <translation>Vérification du code</translation>
    </message>
    <message>
        <source>Activation code, 12 characters</source>
        <translation>Code d’activation, 12 caractères</translation>
    </message>
    <message>
        <source>Checking the code with the IT department, one minute at most.</source>
        <translation>Vérification du code auprès du service informatique, une minute au plus.</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) to go.</source>
        <translation>
            <numerusform>Encore %n caractère.</numerusform>
            <numerusform>Encore %n caractères.</numerusform>
        </translation>
    </message>
    <message>
        <source>No code? Call the helpdesk on %2 and give the number %1.</source>
        <translation>Pas de code&#xa0;? Appelez le helpdesk au %2 et donnez le %1.</translation>
    </message>
    <message>
        <source>No code? Call the helpdesk and give the number %1.</source>
        <translation>Pas de code&#xa0;? Appelez le helpdesk et donnez le %1.</translation>
    </message>
    <message>
        <source>Is this you?</source>
        <translation>C’est bien vous&#xa0;?</translation>
    </message>
    <message>
        <source>Employee number %1</source>
        <translation>Matricule %1</translation>
    </message>
    <message>
        <source>First call: %1</source>
        <translation>Premier appel&#xa0;: %1</translation>
    </message>
    <message>
        <source>Activity: %1</source>
        <translation>Activité&#xa0;: %1</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Langue&#xa0;: %1</translation>
    </message>
    <message>
        <source>You can change it at any time</source>
        <translation>Vous pouvez en changer à tout moment</translation>
    </message>
    <message>
        <source>Do not go on: this workstation would carry another name. The helpdesk releases it and gives you your own code.</source>
        <translation>Ne continuez pas&#xa0;: ce poste porterait un autre nom. Le helpdesk le libère et vous donne votre propre code.</translation>
    </message>
    <message>
        <source>It is me after all</source>
        <translation>C’est bien moi, finalement</translation>
    </message>
    <message>
        <source>This is not me</source>
        <translation>Ce n’est pas moi</translation>
    </message>
    <message>
        <source>Your workstation is ready</source>
        <translation>Votre poste est prêt</translation>
    </message>
    <message>
        <source>Something is left to finish</source>
        <translation>Il reste quelque chose à terminer</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Vérifier à nouveau</translation>
    </message>
    <message>
        <source>Declare my workstation ready</source>
        <translation>Déclarer mon poste prêt</translation>
    </message>
    <message>
        <source>Certificate %1, valid until %2</source>
        <translation>Attestation %1, valable jusqu’au %2</translation>
    </message>
    <message>
        <source>Everything is checked</source>
        <translation>Tout est vérifié</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>Ce qui a été vérifié</translation>
    </message>
    <message>
        <source>Save the certificate (PDF)</source>
        <translation>Enregistrer l’attestation (PDF)</translation>
    </message>
    <message>
        <source>What is done is kept. Go back to the step pointed out, or ask for help.</source>
        <translation>Ce qui est fait est conservé. Revenez à l’étape indiquée, ou demandez de l’aide.</translation>
    </message>
    <message>
        <source>You can take calls from home.</source>
        <translation>Vous pouvez prendre des appels depuis chez vous.</translation>
    </message>
    <message>
        <source>One last press and you are ready to take calls.</source>
        <translation>Un dernier clic et vous pourrez prendre des appels.</translation>
    </message>
    <message>
        <source>First call planned: %1</source>
        <translation>Premier appel prévu&#xa0;: %1</translation>
    </message>
    <message>
        <source>Code to give on the phone: %1</source>
        <translation>Code à donner au téléphone : %1</translation>
    </message>
    <message>
        <source>Remark on: %1</source>
        <translation>Remarque sur : %1</translation>
    </message>
    <message>
        <source>The certificate could not be saved.</source>
        <translation>L’attestation n’a pas pu être enregistrée.</translation>
    </message>
    <message>
        <source>Your copy is in Documents: %1</source>
        <translation>Votre exemplaire est dans Documents&#xa0;: %1</translation>
    </message>
    <message>
        <source>Not done yet. Who goes on: you.</source>
        <translation>Pas encore fait. À vous de continuer.</translation>
    </message>
    <message>
        <source>%1. Who fixes it: %2.</source>
        <translation>%1. Qui règle cela&#xa0;: %2.</translation>
    </message>
    <message>
        <source>Notice %1 accepted</source>
        <translation>Notice %1 acceptée</translation>
    </message>
    <message>
        <source>equipment confirmed: %1 of %2</source>
        <translation>matériel confirmé&#xa0;: %1 sur %2</translation>
    </message>
    <message>
        <source>Signed on %1</source>
        <translation>Signé le %1</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Réussi</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>With a remark</source>
        <translation>Avec remarque</translation>
    </message>
    <message>
        <source>Waived</source>
        <translation>Dispensé</translation>
    </message>
    <message>
        <source>Not applicable</source>
        <translation>Non applicable</translation>
    </message>
    <message>
        <source>Could not check</source>
        <translation>Non vérifié</translation>
    </message>
    <message>
        <source>you</source>
        <translation>vous</translation>
    </message>
    <message>
        <source>the helpdesk</source>
        <translation>le helpdesk</translation>
    </message>
    <message>
        <source>the IT department</source>
        <translation>le service informatique</translation>
    </message>
    <message>
        <source>the telecom operator</source>
        <translation>l’opérateur télécom</translation>
    </message>
    <message>
        <source>human resources</source>
        <translation>les ressources humaines</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>Ravis de vous revoir</translation>
    </message>
    <message>
        <source>Welcome, let us set up your workstation</source>
        <translation>Bienvenue, installons votre poste ensemble</translation>
    </message>
    <message numerus="yes">
        <source>Everything you did is kept. %n step(s) left.</source>
        <translation>
            <numerusform>Tout ce que vous avez fait est conservé. Il reste %n étape.</numerusform>
            <numerusform>Tout ce que vous avez fait est conservé. Il reste %n étapes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is done.</source>
        <translation>Tout est fait.</translation>
    </message>
    <message numerus="yes">
        <source>In about %n minute(s), your PC will be ready to take calls from home. You can stop at any time: nothing is lost.</source>
        <translation>
            <numerusform>En %n minute environ, votre PC sera prêt à prendre des appels depuis chez vous. Vous pouvez vous arrêter à tout moment&#xa0;: rien n’est perdu.</numerusform>
            <numerusform>En %n minutes environ, votre PC sera prêt à prendre des appels depuis chez vous. Vous pouvez vous arrêter à tout moment&#xa0;: rien n’est perdu.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to the first page</source>
        <translation>Revenir à la première page</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>This program checks the security of the workstation and sends it to the IT department. It does not listen to your calls or read your files.</source>
        <translation>Ce programme vérifie l’état de sécurité du poste et le transmet au service informatique. Il n’écoute pas vos appels et ne lit pas vos fichiers.</translation>
    </message>
    <message>
        <source>I have read the notice and I accept it</source>
        <translation>J’ai lu la notice et je l’accepte</translation>
    </message>
    <message>
        <source>I have finished reading</source>
        <translation>J’ai fini de lire</translation>
    </message>
    <message>
        <source>Plug in</source>
        <translation>Branchez</translation>
    </message>
    <message>
        <source>the 4G box and your headset, supplied by the company</source>
        <translation>la box 4G et votre casque, fournis par l’entreprise</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Signez</translation>
    </message>
    <message>
        <source>your telework addendum, in French or in Arabic</source>
        <translation>votre avenant de télétravail, en français ou en arabe</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmez</translation>
    </message>
    <message>
        <source>who you are, your equipment and the security rules</source>
        <translation>qui vous êtes, votre matériel et les consignes de sécurité</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Travaillez</translation>
    </message>
    <message>
        <source>as soon as the “Ready” light comes on</source>
        <translation>dès que le voyant «&#xa0;Prêt&#xa0;» s’allume</translation>
    </message>
    <message>
        <source>What remains</source>
        <translation>Ce qu’il reste à faire</translation>
    </message>
    <message>
        <source>Nothing remains</source>
        <translation>Il ne reste rien</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>Bonne réponse</translation>
    </message>
    <message>
        <source>Not quite</source>
        <translation>Pas tout à fait</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>Simulation</translation>
    </message>
    <message>
        <source>Read the notice (law 09-08)</source>
        <translation>Lire la notice (loi 09-08)</translation>
    </message>
    <message>
        <source>Secure connection to the company</source>
        <translation>Connexion sécurisée à l’entreprise</translation>
    </message>
    <message>
        <source>The VPN encrypts all that travels between your home and our applications.</source>
        <translation>Le VPN chiffre tout ce qui circule entre votre domicile et nos applications.</translation>
    </message>
    <message>
        <source>The profile of « %1 » is already installed.</source>
        <translation>Le profil de l’activité «&#xa0;%1&#xa0;» est déjà installé.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>Stopped. Your PC is as it was before.</source>
        <translation>Arrêté. Votre PC est comme avant.</translation>
    </message>
    <message>
        <source>Sign in to open the tunnel.</source>
        <translation>Identifiez-vous pour ouvrir le tunnel.</translation>
    </message>
    <message>
        <source>A code is asked for.</source>
        <translation>Un code est demandé.</translation>
    </message>
    <message>
        <source>The gateway says: %1</source>
        <translation>La passerelle dit&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>ProofCards</name>
    <message>
        <source>Your PC</source>
        <translation>Votre PC</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>chiffré</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message>
        <source>4G box</source>
        <translation>Box 4G</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>connectée</translation>
    </message>
    <message>
        <source>VPN gateway</source>
        <translation>Passerelle VPN</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>à venir</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>they answer</source>
        <translation>elles répondent</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>vérification…</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identité</translation>
    </message>
    <message>
        <source>A cut will ask you nothing</source>
        <translation>Une coupure ne vous redemandera rien</translation>
    </message>
    <message>
        <source>Identity accepted</source>
        <translation>Identité vérifiée</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>À vous</translation>
    </message>
    <message>
        <source>Stopped. Your PC is as it was before.</source>
        <translation>Arrêté. Votre PC est comme avant.</translation>
    </message>
    <message>
        <source>The gateway checks who you are</source>
        <translation>La passerelle vérifie qui vous êtes</translation>
    </message>
    <message>
        <source>Waiting for the gateway</source>
        <translation>En attente de la passerelle</translation>
    </message>
    <message>
        <source>The tunnel is being built again</source>
        <translation>Le tunnel se rétablit</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>Tunnel established</source>
        <translation>Tunnel établi</translation>
    </message>
    <message>
        <source>Trying %1</source>
        <translation>Essai de %1</translation>
    </message>
    <message>
        <source>Internal address %1</source>
        <translation>Adresse interne %1</translation>
    </message>
    <message numerus="yes">
        <source>back after %n cut(s)</source>
        <translation>
            <numerusform>rétabli après %n coupure</numerusform>
            <numerusform>rétabli après %n coupures</numerusform>
        </translation>
    </message>
    <message>
        <source>session of %1 h</source>
        <translation>session de %1&#xa0;h</translation>
    </message>
    <message>
        <source>No DNS leak</source>
        <translation>Aucune fuite DNS</translation>
    </message>
    <message>
        <source>Internal names</source>
        <translation>Noms internes</translation>
    </message>
    <message>
        <source>Way to the Internet</source>
        <translation>Chemin vers Internet</translation>
    </message>
    <message>
        <source>Internal names must go through the tunnel</source>
        <translation>Les noms internes doivent passer par le tunnel</translation>
    </message>
    <message>
        <source>Internal names go through the tunnel</source>
        <translation>Les noms internes passent par le tunnel</translation>
    </message>
    <message>
        <source>Paths checked</source>
        <translation>Chemins vérifiés</translation>
    </message>
    <message>
        <source>This activity uses no internal names</source>
        <translation>Cette activité n’utilise pas de noms internes</translation>
    </message>
    <message>
        <source>Applications of your activity</source>
        <translation>Applications de l’activité</translation>
    </message>
    <message>
        <source>None is named for this activity</source>
        <translation>Aucune n’est prévue pour cette activité</translation>
    </message>
    <message>
        <source>%1 of %2 answer</source>
        <translation>%1 sur %2 répondent</translation>
    </message>
    <message>
        <source>its certificate is not recognised</source>
        <translation>son certificat n’est pas reconnu</translation>
    </message>
    <message>
        <source>its name is not known here</source>
        <translation>son nom est inconnu ici</translation>
    </message>
    <message>
        <source>reached outside the tunnel</source>
        <translation>jointe hors du tunnel</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Call quality inside the tunnel</source>
        <translation>Qualité d’appel dans le tunnel</translation>
    </message>
    <message>
        <source>Listening as in a call</source>
        <translation>Écoute comme pendant un appel</translation>
    </message>
    <message>
        <source>A call under load</source>
        <translation>Un appel pendant un transfert</translation>
    </message>
    <message>
        <source>Not asked for by this activity</source>
        <translation>Non demandée pour cette activité</translation>
    </message>
    <message>
        <source>Voice expected: %1 out of 5 or better</source>
        <translation>Voix attendue&#xa0;: %1 sur 5 ou mieux</translation>
    </message>
    <message>
        <source>Voice %1 out of 5</source>
        <translation>Voix %1 sur 5</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 utilisés</translation>
    </message>
    <message>
        <source>The gateway says: %1</source>
        <translation>La passerelle dit&#xa0;: %1</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
</context>
<context>
    <name>QuestionForm</name>
    <message>
        <source>User name</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Passphrase of this PC’s key</source>
        <translation>Phrase secrète de la clé de ce PC</translation>
    </message>
    <message>
        <source>Password of your company session</source>
        <translation>Mot de passe de votre session d’entreprise</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Code à usage unique</translation>
    </message>
    <message>
        <source>Sign in on the page that opens in the browser, then come back here.</source>
        <translation>Identifiez-vous sur la page qui s’ouvre dans le navigateur, puis revenez ici.</translation>
    </message>
    <message>
        <source>The gateway answers; it wants to know who you are.</source>
        <translation>La passerelle répond&#xa0;; elle demande qui vous êtes.</translation>
    </message>
    <message>
        <source>Your password is accepted. One more thing: the code.</source>
        <translation>Votre mot de passe est accepté. Il ne manque que le code.</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>À vous</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Ouvrir la page</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>S’identifier</translation>
    </message>
    <message>
        <source>The whole addendum</source>
        <translation>Tout l’avenant</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>De quoi s’agit-il&#xa0;?</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>Votre question</translation>
    </message>
    <message>
        <source>In your own words, in French or in Arabic</source>
        <translation>Avec vos mots, en français ou en arabe</translation>
    </message>
    <message>
        <source>Human resources answer you. You may go on meanwhile and sign later: nothing is signed for you.</source>
        <translation>Les ressources humaines vous répondent. Vous pouvez continuer et signer plus tard&#xa0;: rien n’est signé à votre place.</translation>
    </message>
    <message>
        <source>Asked already:</source>
        <translation>Déjà demandé&#xa0;:</translation>
    </message>
    <message>
        <source>I do not want to sign</source>
        <translation>Je ne souhaite pas signer</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Steps</source>
        <translation>Étapes</translation>
    </message>
    <message>
        <source>Marhaba</source>
        <translation>Marhaba</translation>
    </message>
    <message>
        <source>Telework set-up</source>
        <translation>Mise en route télétravail</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>Page %1 sur %2</translation>
    </message>
    <message>
        <source>The whole text</source>
        <translation>Le texte entier</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Page précédente</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>See the pages</source>
        <translation>Voir les pages</translation>
    </message>
    <message>
        <source>Read as text</source>
        <translation>Lire en texte</translation>
    </message>
    <message>
        <source>The text of the addendum</source>
        <translation>Le texte de l’avenant</translation>
    </message>
    <message>
        <source>Back to the signature</source>
        <translation>Retour à la signature</translation>
    </message>
    <message>
        <source>Document %1, fingerprint %2: what you read is exactly what you sign.</source>
        <translation>Document %1, empreinte %2&#xa0;: ce que vous lisez est exactement ce que vous signez.</translation>
    </message>
</context>
<context>
    <name>RefusalForm</name>
    <message>
        <source>Why? (only if you wish to say)</source>
        <translation>Pourquoi&#xa0;? (si vous voulez le dire)</translation>
    </message>
    <message>
        <source>In your own words, in French or in Arabic</source>
        <translation>Avec vos mots, en français ou en arabe</translation>
    </message>
    <message>
        <source>Signing is voluntary. Human resources are told and call you; you can still change your mind afterwards.</source>
        <translation>Signer est volontaire. Les ressources humaines sont prévenues et vous appellent&#xa0;; vous pourrez encore changer d’avis.</translation>
    </message>
    <message>
        <source>I do not sign this addendum</source>
        <translation>Je ne signe pas cet avenant</translation>
    </message>
</context>
<context>
    <name>RemarkStrip</name>
    <message>
        <source>Less</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire&#xa0;?</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Compris</translation>
    </message>
</context>
<context>
    <name>SignSide</name>
    <message>
        <source>I do not want to sign</source>
        <translation>Je ne souhaite pas signer</translation>
    </message>
    <message>
        <source>Simple electronic signature with a certificate of the company (law 43-20).</source>
        <translation>Signature électronique simple, avec un certificat de l’entreprise (loi 43-20).</translation>
    </message>
</context>
<context>
    <name>SignalSide</name>
    <message>
        <source>Good signal: leave the box here.</source>
        <translation>Bon signal&#xa0;: laissez la box ici.</translation>
    </message>
    <message>
        <source>Fair signal: look for a better spot.</source>
        <translation>Signal moyen&#xa0;: cherchez un meilleur endroit.</translation>
    </message>
    <message>
        <source>Weak signal: move the box.</source>
        <translation>Signal faible&#xa0;: déplacez la box.</translation>
    </message>
    <message>
        <source>The box shows no signal.</source>
        <translation>La box n’indique aucun signal.</translation>
    </message>
    <message>
        <source>Listen to the signal</source>
        <translation>Écouter le signal</translation>
    </message>
    <message>
        <source>A short tone each second: the higher it is, the better the signal.</source>
        <translation>Un son bref chaque seconde&#xa0;: plus il est aigu, meilleur est le signal.</translation>
    </message>
    <message>
        <source>This PC has no sound output: watch the curve.</source>
        <translation>Ce PC n’a pas de sortie audio&#xa0;: suivez la courbe.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Bon</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>Moyen</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>Faible</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>Aucun signal</translation>
    </message>
    <message>
        <source>Signal: %1 out of 100, %2</source>
        <translation>Signal&#xa0;: %1 sur 100, %2</translation>
    </message>
    <message>
        <source>Live signal</source>
        <translation>Signal en direct</translation>
    </message>
    <message>
        <source>Signal over the last minute: now %1, best %2</source>
        <translation>Signal sur la dernière minute&#xa0;: maintenant %1, au mieux %2</translation>
    </message>
    <message>
        <source>Strength (RSRP)</source>
        <translation>Puissance (RSRP)</translation>
    </message>
    <message>
        <source>Clarity (SINR)</source>
        <translation>Clarté (SINR)</translation>
    </message>
    <message>
        <source>Network, band %1</source>
        <translation>Réseau, bande&#xa0;%1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latence</translation>
    </message>
    <message>
        <source>Tip: near a window, up high, away from the microwave.</source>
        <translation>Conseil&#xa0;: près d’une fenêtre, en hauteur, loin du micro-ondes.</translation>
    </message>
    <message>
        <source>%1 better than at the start: keep going this way.</source>
        <translation>%1 de mieux qu’au début&#xa0;: continuez dans ce sens.</translation>
    </message>
    <message>
        <source>%1 less than at the best spot: go back towards it.</source>
        <translation>%1 de moins qu’au meilleur endroit&#xa0;: revenez vers lui.</translation>
    </message>
    <message>
        <source>%1 better than at the start: this is the best spot so far, leave the box here.</source>
        <translation>%1 de mieux qu’au début&#xa0;: c’est le meilleur endroit trouvé, laissez la box ici.</translation>
    </message>
    <message>
        <source>A good spot: leave the box here, standing up and uncovered.</source>
        <translation>Bon endroit&#xa0;: laissez la box ici, debout et dégagée.</translation>
    </message>
    <message>
        <source>Strong but noisy: turn the box a little, away from screens and other devices.</source>
        <translation>Fort mais brouillé&#xa0;: tournez un peu la box, loin des écrans et des autres appareils.</translation>
    </message>
</context>
<context>
    <name>SignatureCard</name>
    <message>
        <source>Your signature</source>
        <translation>Votre signature</translation>
    </message>
    <message>
        <source>Draw it with the mouse, a pen or a finger</source>
        <translation>Dessinez à la souris, au stylet ou au doigt</translation>
    </message>
    <message>
        <source>Your name, as you sign it</source>
        <translation>Votre nom, comme vous le signez</translation>
    </message>
    <message>
        <source>First name and last name</source>
        <translation>Prénom et nom</translation>
    </message>
    <message>
        <source>Draw instead</source>
        <translation>Dessiner plutôt</translation>
    </message>
    <message>
        <source>Type my name</source>
        <translation>Taper mon nom</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Signature drawn</source>
        <translation>Signature dessinée</translation>
    </message>
    <message>
        <source>No signature yet; with the keyboard, type your name instead.</source>
        <translation>Pas encore de signature&#xa0;; au clavier, tapez plutôt votre nom.</translation>
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
        <translation>Continuer</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>to do</source>
        <translation>à faire</translation>
    </message>
    <message>
        <source>current step</source>
        <translation>étape en cours</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a spoken list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>passed</source>
        <translation>réussie</translation>
    </message>
    <message>
        <source>not passed</source>
        <translation>non réussie</translation>
    </message>
    <message>
        <source>passed, with a warning</source>
        <translation>réussie, avec remarque</translation>
    </message>
    <message>
        <source>waived by IT</source>
        <translation>dispensée par le SI</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>non nécessaire</translation>
    </message>
    <message>
        <source>could not be checked</source>
        <translation>n’a pas pu être vérifiée</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Display</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Display: colours and text size</source>
        <translation>Affichage&#xa0;: couleurs et taille du texte</translation>
    </message>
</context>
<context>
    <name>VerdictsCard</name>
    <message>
        <source>Redo</source>
        <translation>Refaire</translation>
    </message>
    <message>
        <source>Left and right ear</source>
        <translation>Oreille gauche et droite</translation>
    </message>
    <message>
        <source>Room noise</source>
        <translation>Bruit de fond</translation>
    </message>
    <message>
        <source>Voice level</source>
        <translation>Niveau de voix</translation>
    </message>
    <message>
        <source>Listening back</source>
        <translation>Réécoute</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>Écho</translation>
    </message>
    <message>
        <source>Confirmed by you</source>
        <translation>Confirmées par vous</translation>
    </message>
    <message>
        <source>Clear, you said</source>
        <translation>Claire, dites-vous</translation>
    </message>
    <message>
        <source>Room at %1</source>
        <translation>Pièce à %1</translation>
    </message>
    <message>
        <source>Not a sound</source>
        <translation>Aucun bruit</translation>
    </message>
    <message>
        <source>SNR %1</source>
        <translation>SNR %1</translation>
    </message>
    <message>
        <source>Active %1 (P.56)</source>
        <translation>Actif %1 (P.56)</translation>
    </message>
    <message>
        <source>silent for %1</source>
        <translation>coupé %1</translation>
    </message>
    <message>
        <source>None was heard</source>
        <translation>Aucun écho trouvé</translation>
    </message>
    <message>
        <source>Coupling %1</source>
        <translation>Couplage %1</translation>
    </message>
    <message>
        <source>delay %1</source>
        <translation>retard %1</translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Your addendum is being fetched</source>
        <translation>Votre avenant arrive</translation>
    </message>
    <message>
        <source>A few seconds; a minute at most on a slow line.</source>
        <translation>Quelques secondes, une minute au plus sur une ligne lente.</translation>
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
        <translation>Continuer</translation>
    </message>
    <message>
        <source>The helpdesk is told. Stay on this page or call them.</source>
        <translation>Le helpdesk est prévenu. Restez sur cette page ou appelez-le.</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Your headset is checked</source>
        <translation>Votre casque est vérifié</translation>
    </message>
    <message>
        <source>Put your headset on and listen</source>
        <translation>Mettez votre casque et écoutez</translation>
    </message>
    <message>
        <source>Three seconds of silence</source>
        <translation>Trois secondes de silence</translation>
    </message>
    <message>
        <source>Speak normally, as with a customer</source>
        <translation>Parlez normalement, comme avec un client</translation>
    </message>
    <message>
        <source>Hear yourself as your customers will</source>
        <translation>Écoutez-vous comme vos clients</translation>
    </message>
    <message>
        <source>Last point: no echo for your customers</source>
        <translation>Dernier point&#xa0;: pas d’écho pour vos clients</translation>
    </message>
    <message>
        <source>What was measured is kept as figures; what was recorded is erased as you leave this page.</source>
        <translation>Seuls les chiffres mesurés sont gardés&#xa0;; ce qui a été enregistré s’efface quand vous quittez cette page.</translation>
    </message>
    <message>
        <source>The recording stays on this PC and is erased at once.</source>
        <translation>L’enregistrement reste sur ce poste et s’efface aussitôt.</translation>
    </message>
    <message>
        <source>A soft voice says three digits in one ear, then in the other. Set a comfortable volume as you listen.</source>
        <translation>Une voix douce dit trois chiffres dans une oreille, puis dans l’autre. Réglez un volume confortable en écoutant.</translation>
    </message>
    <message>
        <source>We listen to the room, to tell your voice from the noise around it.</source>
        <translation>Nous écoutons la pièce, pour distinguer votre voix du bruit qui l’entoure.</translation>
    </message>
    <message>
        <source>Read the sentence aloud. We measure your microphone, then you hear yourself.</source>
        <translation>Lisez la phrase à voix haute. Nous mesurons votre micro, puis vous vous réécoutez.</translation>
    </message>
    <message>
        <source>Numbers do not say everything: you are the judge of what is heard.</source>
        <translation>Les chiffres ne disent pas tout&#xa0;: c’est vous qui jugez ce qui s’entend.</translation>
    </message>
    <message>
        <source>Your customers must not hear themselves: a short sound tells what the microphone picks up of it.</source>
        <translation>Vos clients ne doivent pas s’entendre eux-mêmes&#xa0;: un son bref dit ce que le micro en capte.</translation>
    </message>
    <message>
        <source>“Hello, you are through to customer service, I am listening. Could you please confirm your name and your file number? Thank you, I am looking into it right now and I stay on the line with you.”</source>
        <translation>«&#xa0;Bonjour, service clients, je suis à votre écoute. Pouvez-vous me confirmer votre nom et votre numéro de dossier&#xa0;? Merci, je regarde cela tout de suite et je reste en ligne avec vous.&#xa0;»</translation>
    </message>
    <message>
        <source>This page notices at once when something changes.</source>
        <translation>Cette page voit aussitôt ce qui change.</translation>
    </message>
    <message>
        <source>Looking for your headset</source>
        <translation>Recherche de votre casque</translation>
    </message>
    <message>
        <source>A few seconds</source>
        <translation>Quelques secondes</translation>
    </message>
    <message>
        <source>You can be heard, and you hear well. Each point on the side can be redone.</source>
        <translation>On vous entend, et vous entendez bien. Chaque point à côté peut se refaire.</translation>
    </message>
    <message>
        <source>Microphone at rest</source>
        <translation>Micro au repos</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>encore %1&#xa0;s</translation>
    </message>
    <message>
        <source>Listening to the room</source>
        <translation>Écoute de la pièce</translation>
    </message>
    <message>
        <source>The sound is being played: stay silent</source>
        <translation>Le son est joué&#xa0;: restez silencieux</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Lecture en cours</translation>
    </message>
    <message>
        <source>Nothing is heard yet: read the sentence aloud</source>
        <translation>Rien ne s’entend encore&#xa0;: lisez la phrase à voix haute</translation>
    </message>
    <message>
        <source>A little louder, or the microphone closer</source>
        <translation>Un peu plus fort, ou le micro plus près</translation>
    </message>
    <message>
        <source>A little softer</source>
        <translation>Un peu moins fort</translation>
    </message>
    <message>
        <source>Good level, go on</source>
        <translation>Bon niveau, continuez</translation>
    </message>
    <message>
        <source>Listen on the left</source>
        <translation>Écouter à gauche</translation>
    </message>
    <message>
        <source>Listen on the right</source>
        <translation>Écouter à droite</translation>
    </message>
    <message>
        <source>Three digits will be said in your left ear.</source>
        <translation>Trois chiffres vont être dits dans votre oreille gauche.</translation>
    </message>
    <message>
        <source>Now three digits in your right ear.</source>
        <translation>Maintenant, trois chiffres dans votre oreille droite.</translation>
    </message>
    <message>
        <source>Which three digits did you hear on the left?</source>
        <translation>Quels trois chiffres avez-vous entendus à gauche&#xa0;?</translation>
    </message>
    <message>
        <source>Which three digits did you hear on the right?</source>
        <translation>Quels trois chiffres avez-vous entendus à droite&#xa0;?</translation>
    </message>
    <message>
        <source>Virtual headset, nobody can hear it. It says: %1</source>
        <translation>Casque virtuel, personne ne l’entend. Il dit&#xa0;: %1</translation>
    </message>
    <message>
        <source>The voice is speaking</source>
        <translation>La voix parle</translation>
    </message>
    <message>
        <source>Not those. Listen to three new ones.</source>
        <translation>Ce n’est pas cela. Écoutez trois autres chiffres.</translation>
    </message>
    <message>
        <source>Click the keys or type on the keyboard.</source>
        <translation>Cliquez sur les touches ou tapez au clavier.</translation>
    </message>
    <message>
        <source>Say other digits</source>
        <translation>Dire d’autres chiffres</translation>
    </message>
    <message>
        <source>I hear nothing</source>
        <translation>Je n’entends rien</translation>
    </message>
    <message>
        <source>Say nothing for three seconds, headset on.</source>
        <translation>Ne dites rien pendant trois secondes, casque sur la tête.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Listen to the room</source>
        <translation>Écouter la pièce</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>Enregistrer encore</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Listen back</source>
        <translation>Réécouter</translation>
    </message>
    <message>
        <source>This is how your customers hear you.</source>
        <translation>Voilà comment vos clients vous entendent.</translation>
    </message>
    <message>
        <source>Was it clear, from the first word to the last?</source>
        <translation>Était-ce clair, du premier mot au dernier&#xa0;?</translation>
    </message>
    <message>
        <source>Yes, it is clear</source>
        <translation>Oui, c’est clair</translation>
    </message>
    <message>
        <source>Your voice is measured. Listen to it before going on.</source>
        <translation>Votre voix est mesurée. Réécoutez-la avant de continuer.</translation>
    </message>
    <message>
        <source>Keep the headset on and say nothing: a sound glides from low to high for two seconds.</source>
        <translation>Gardez le casque et ne dites rien&#xa0;: un son glisse du grave à l’aigu pendant deux secondes.</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>Lancer le son</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Read your telework addendum</source>
        <translation>Lisez votre avenant de télétravail</translation>
    </message>
    <message>
        <source>Ask your question</source>
        <translation>Posez votre question</translation>
    </message>
    <message>
        <source>You do not want to sign</source>
        <translation>Vous ne souhaitez pas signer</translation>
    </message>
    <message>
        <source>Your refusal is recorded</source>
        <translation>Votre refus est noté</translation>
    </message>
    <message>
        <source>Your addendum is signed</source>
        <translation>Votre avenant est signé</translation>
    </message>
    <message>
        <source>Sign your telework addendum</source>
        <translation>Signez votre avenant de télétravail</translation>
    </message>
    <message>
        <source>Your signature is made and kept. The dated and sealed copy follows by itself.</source>
        <translation>Votre signature est faite et gardée. L’exemplaire daté et scellé suit tout seul.</translation>
    </message>
    <message>
        <source>Human resources read it and answer you. Nothing is signed before you are sure.</source>
        <translation>Les ressources humaines la lisent et vous répondent. Rien n’est signé avant que vous en soyez sûr.</translation>
    </message>
    <message>
        <source>It is your right. Human resources are told and talk it over with you; nothing else on this PC changes.</source>
        <translation>C’est votre droit. Les ressources humaines sont prévenues et en parlent avec vous&#xa0;; rien d’autre ne change sur ce PC.</translation>
    </message>
    <message>
        <source>Human resources know and will call you. You may read the document again and sign it after all.</source>
        <translation>Les ressources humaines le savent et vous appelleront. Vous pouvez relire le document et le signer finalement.</translation>
    </message>
    <message>
        <source>You and the company have the same copy. Keep yours: it is a contract.</source>
        <translation>Vous et l’entreprise avez le même exemplaire. Gardez le vôtre&#xa0;: c’est un contrat.</translation>
    </message>
    <message>
        <source>Read it, ask your questions, then sign. You get your copy at once; the signature is legally valid (law 43-20).</source>
        <translation>Lisez, posez vos questions, puis signez. Vous recevez aussitôt votre exemplaire&#xa0;; la signature a valeur légale (loi 43-20).</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire&#xa0;?</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Relire l’avenant</translation>
    </message>
    <message>
        <source>I have read the text</source>
        <translation>J’ai lu le texte</translation>
    </message>
    <message>
        <source>Read, on to the signature</source>
        <translation>Lu, je passe à la signature</translation>
    </message>
    <message>
        <source>Read, next page</source>
        <translation>Lu, page suivante</translation>
    </message>
    <message>
        <source>Sign the addendum</source>
        <translation>Signer l’avenant</translation>
    </message>
    <message>
        <source>Send my question</source>
        <translation>Envoyer ma question</translation>
    </message>
    <message>
        <source>Record my refusal</source>
        <translation>Confirmer mon refus</translation>
    </message>
    <message>
        <source>The document has been replaced by a newer one. Please read it again: only the new one counts.</source>
        <translation>Le document a été remplacé par un plus récent. Merci de le relire&#xa0;: seul le nouveau compte.</translation>
    </message>
    <message>
        <source>No line at the moment: you can read. To sign, wait until the connection is back.</source>
        <translation>Pas de ligne pour l’instant&#xa0;: vous pouvez lire. Pour signer, attendez que la connexion revienne.</translation>
    </message>
    <message>
        <source>This is a new version of the addendum you signed. Read what has changed, then sign it.</source>
        <translation>C’est une nouvelle version de l’avenant que vous avez signé. Lisez-la, puis signez-la.</translation>
    </message>
    <message>
        <source>Your question is with human resources. You can sign as soon as you are sure.</source>
        <translation>Votre question est chez les ressources humaines. Vous pourrez signer dès que vous en serez sûr.</translation>
    </message>
    <message>
        <source>I have a question</source>
        <translation>J’ai une question</translation>
    </message>
</context>
</TS>
