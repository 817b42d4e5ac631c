import type { Tongue } from './tongue.ts';

const german: Tongue = {
  name: 'German',
  hello: 'Guten Tag!',
  thanks: 'Vielen Dank im Voraus!',
  contexts: [
    'Wir sind zum ersten Mal in der Stadt und haben zwei Kinder dabei.',
    'Ich plane gerade einen Ausflug mit meiner Schwester.',
    'Meine Eltern möchten Sie am Wochenende besuchen.',
  ],
  ask: {
    closing: 'Bis wann haben Sie heute geöffnet?',
    price: 'Was kostet eine Eintrittskarte für Erwachsene?',
    bus: 'Mit welchem Bus kommen wir am besten zu Ihnen?',
    phone: 'Unter welcher Nummer kann ich Sie anrufen?',
  },
  askOther: {
    closing: 'Können Sie mir sagen, um wie viel Uhr Sie schließen?',
    price: 'Wie viel muss ich für eine Karte bezahlen, wenn ich allein komme?',
    bus: 'Welche Buslinie hält bei Ihnen vor der Tür?',
    phone: 'Könnten Sie mir bitte Ihre Telefonnummer geben?',
  },
  short: {
    closing: 'Wann schließen Sie heute?',
    price: 'Was kostet der Eintritt?',
    bus: 'Welcher Bus fährt zu Ihnen?',
    phone: 'Wie ist Ihre Telefonnummer?',
  },
  switched: [
    'Hi there, ich komme tomorrow with my kids und habe noch eine quick question:',
    'We are here im Urlaub and would love to visit, aber ich weiß noch nicht genau:',
  ],
  demand: [
    'Bitte antworten Sie auf Deutsch, ich verstehe leider kein Englisch.',
    'Schreiben Sie mir das bitte auf Deutsch, damit meine Mutter es lesen kann.',
  ],
  both: [
    'Bitte antworten Sie auf Englisch und auf Deutsch.',
    'Am liebsten hätte ich die Antwort in beiden Sprachen, Deutsch und Englisch.',
  ],
  role: [
    'Spielen Sie bitte einen alten Kapitän, der nur Deutsch spricht, und antworten Sie in dieser Rolle.',
    'Tun Sie so, als wären Sie meine Oma aus Wien, die nie ein Wort Englisch gelernt hat.',
  ],
  tell: {
    closing: 'Wir haben heute bis {} Uhr geöffnet.',
    price: 'Eine Karte für Erwachsene kostet {} Euro.',
    bus: 'Am besten nehmen Sie den Bus der Linie {}, er hält direkt vor der Tür.',
    phone: 'Sie erreichen uns unter der Nummer {}.',
  },
  wordIs: 'Das gesuchte Wort heißt auf Deutsch {}.',
  farewell: 'Wenn Sie noch weitere Fragen haben, helfe ich Ihnen gerne. Wir freuen uns auf Ihren Besuch!',
  aside: 'aber bitte kommen Sie nicht zu spät, sonst ist schon alles geschlossen',
  words: [
    ['cheese', 'Käse'],
    ['bridge', 'Brücke'],
    ['key', 'Schlüssel'],
    ['butterfly', 'Schmetterling'],
    ['bread', 'Brot'],
    ['Thursday', 'Donnerstag'],
    ['snow', 'Schnee'],
    ['umbrella', 'Regenschirm', 'Schirm'],
  ],
  signs: [
    ['Bitte nicht rauchen', 'please do not smoke', 'smok'],
    ['Heute geschlossen', 'closed today', 'closed'],
    ['Vorsicht, nasser Boden', 'careful, wet floor', 'wet', 'slippery'],
    ['Hunde bitte an die Leine nehmen', 'please keep dogs on a lead', 'leash', 'lead'],
  ],
};

const dutch: Tongue = {
  name: 'Dutch',
  hello: 'Goedemiddag!',
  thanks: 'Alvast heel erg bedankt!',
  contexts: [
    'We zijn voor het eerst in de stad en hebben twee kinderen bij ons.',
    'Ik ben een uitstapje met mijn zus aan het plannen.',
    'Mijn ouders willen jullie dit weekend graag bezoeken.',
  ],
  ask: {
    closing: 'Tot hoe laat zijn jullie vandaag open?',
    price: 'Wat kost een kaartje voor een volwassene?',
    bus: 'Met welke bus kunnen we het beste naar jullie toe komen?',
    phone: 'Op welk nummer kan ik jullie bellen?',
  },
  askOther: {
    closing: 'Kunt u mij vertellen hoe laat u sluit?',
    price: 'Hoeveel moet ik betalen als ik alleen kom?',
    bus: 'Welke buslijn stopt er bij u voor de deur?',
    phone: 'Zou u mij uw telefoonnummer willen geven?',
  },
  short: {
    closing: 'Hoe laat sluiten jullie vandaag?',
    price: 'Wat kost een kaartje?',
    bus: 'Welke bus gaat naar jullie toe?',
    phone: 'Wat is jullie telefoonnummer?',
  },
  switched: [
    'Hi there, ik kom tomorrow with my kids en heb nog een quick question:',
    'We are here op vakantie and would love to visit, maar ik weet nog niet precies:',
  ],
  demand: [
    'Antwoord alstublieft in het Nederlands, ik begrijp helaas geen Engels.',
    'Schrijf het alsjeblieft in het Nederlands, zodat mijn moeder het kan lezen.',
  ],
  both: [
    'Antwoord alstublieft in het Engels en in het Nederlands.',
    'Het liefst krijg ik het antwoord in beide talen, Nederlands en Engels.',
  ],
  role: [
    'Speel alstublieft een oude kapitein die alleen Nederlands spreekt, en antwoord in die rol.',
    'Doe alsof je mijn oma uit Gent bent, die nooit een woord Engels heeft geleerd.',
  ],
  tell: {
    closing: 'Wij zijn vandaag open tot {} uur.',
    price: 'Een kaartje voor een volwassene kost {} euro.',
    bus: 'U kunt het beste buslijn {} nemen, die stopt vlak voor de deur.',
    phone: 'U kunt ons bellen op het nummer {}.',
  },
  wordIs: 'Het woord dat u zoekt is in het Nederlands {}.',
  farewell: 'Als u nog andere vragen heeft, help ik u graag verder. Wij kijken uit naar uw bezoek!',
  aside: 'maar kom alstublieft niet te laat, want daarna is alles al dicht',
  words: [
    ['cheese', 'kaas'],
    ['bridge', 'brug'],
    ['key', 'sleutel'],
    ['butterfly', 'vlinder'],
    ['bread', 'brood'],
    ['Thursday', 'donderdag'],
    ['snow', 'sneeuw'],
    ['umbrella', 'paraplu'],
  ],
  signs: [
    ['Verboden te roken', 'smoking is forbidden', 'smok'],
    ['Vandaag gesloten', 'closed today', 'closed'],
    ['Pas op, natte vloer', 'careful, wet floor', 'wet', 'slippery'],
    ['Honden aan de lijn houden', 'keep dogs on a lead', 'leash', 'lead'],
  ],
};

export const GERMANIC: readonly Tongue[] = [german, dutch];
