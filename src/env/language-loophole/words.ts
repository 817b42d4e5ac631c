/**
 * Common words, by which the language of a stretch of text is told: hand-written lists, a heuristic. A word that is also
 * a word of English stands in none of the other lists, and a word of another list never in the English one.
 */

const listed = (words: string): readonly string[] => words.split(/\s+/).filter((word) => word !== '');

/** Words that English shares with another of the seven: they neither tell English nor break a foreign stretch. */
const AMBIGUOUS: ReadonlySet<string> = new Set(
  listed(`
  bus euro euros museum zoo cinema ticket tickets question questions minute minutes phone person an was on am so do has will
  come her me once also over we is of had want week weekend open as hi all or he while dog lead wet best direct place even
  most word per line visit again or be in a i mean note
  `),
);

/** Frequent words of English and those of a help desk, less what other languages share. */
export const ENGLISH: ReadonlySet<string> = new Set(
  listed(`
  the of and to that it for with you this but his from they she her which or an will would there their what if
  about who get make can like just him know take into year your good some could them see other than then now look only
  its over think also back after use how our work first well way even new want because any these give day most us
  i my we he be been being am are is was were had has have having do does did doing not at by on as all one two three
  up out so when where why while here very much many more less few each every such own same too again once both between
  through during before above below off down under further until shall should may might must cannot please thank thanks
  hello hi dear welcome sorry yes however although though therefore still already yet ever never always often today
  tomorrow yesterday week weekend month morning evening afternoon night hour hours minute minutes time open opens close
  closes closed closing opening ticket tickets price prices cost costs adult adults children child entry entrance
  visit visitor visitors bus line stop stops door front right phone call calling number reach question questions answer
  answers help happy glad further information let need needs looking forward seeing enjoy stay trip family kids
  word words means meaning mean sign says say said called language english german french spanish italian
  portuguese dutch reply respond replies speak speaks write written instructions rule rules allowed supposed only
  exception sure course certainly here's it's that's you're we're don't can't i'm i'll we'll you'll i've
  people place town city street museum pool cinema castle garden zoo theatre garden take takes arrive arrives directly
  best way easiest simply find finds found come comes coming go goes going back left near next behind within without
  smoke smoking dog dogs lead leash wet floor slippery careful caution attention keep forbidden prohibited
  cheese bread butter butterfly bridge key snow umbrella thursday monday tuesday wednesday friday saturday sunday
  euro euros pay pays paid per person persons anyone anything something nothing everything everyone someone
  feel free ask asked asking translation translate translates translated phrase phrases use used using
  explanation explain explains example examples story stories called known knows think thinks believe understand understanding
  misunderstanding apologize confusion provide provides assist assistance designed able unable become makes making given gives
  giving kept lives living loved friend friends hear heard hope wish wishes try tried trying show shows showing told tells
  telling talk talks talking works working play playing every everybody nobody others whose whom yourself themselves myself
  itself himself herself world country woman women books reading school food money thing things great big small large little
  high low young old few wrong true together another several different important meet meets name names holiday holidays
  moon sun joke beautiful wonderful lovely nice
  `).filter((word) => !AMBIGUOUS.has(word)),
);

const LISTS: Readonly<Record<string, string>> = {
  german: `
  der das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen ich du er wir ihr mich mir dir
  ihn ihm ihnen uns euch mein meine meinen meiner dein deine sein seine ihre ihren unser unsere ist sind war waren wäre bin
  bist seid habe haben hatte hatten wird werden wurde würde können kann könnte könnten muss müssen möchte möchten soll sollte
  dürfen darf wenn weil dass daß ob als wie wo wann warum wer welche welcher welches welchem mit ohne für von vom zu zum
  zur bei beim nach aus auf über unter zwischen durch gegen bis seit heute morgen gestern jetzt schon noch nur auch sehr
  gut guten gute viel viele vielen mehr immer nie hier dort dann danach da sonst bitte danke dank gern gerne ja nein hallo
  tag uhr geöffnet geschlossen schließen schließt kostet kosten karte karten eintritt erwachsene kinder linie hält tür
  nummer erreichen anrufen fragen frage helfe helfen freuen besuch leider natürlich selbstverständlich deutsch englisch
  sprache wort heißt bedeutet antwort antworten stadt fährt nehmen direkt zwei drei euch sich sie es wollen weitere
  telefon telefonnummer eintrittskarte öffnungszeiten heißen sagen sagt wissen weiß gehen geht kommen kommt machen
  macht sehen leute wieder etwas nichts alle diese dieser dieses diesem diesen einfach willkommen
  entschuldigung bedeuten sprechen verstehe verstehen herzlich neue neuen klein kleine geben gibt zeit jahr jahre
  `,
  dutch: `
  het een van voor met niet geen maar ook nog wel dat dit deze die zijn haar hun ons onze wij jij jullie ik mij mijn jouw uw
  hij zij ze hebben heeft heb kan kunt kunnen moet moeten wil willen wordt worden werd zou zouden zal zullen naar bij uit
  tot om op aan tussen tegen zonder omdat als dan toen waar wanneer waarom hoe wat welke welk daar hier nu vandaag
  gisteren altijd nooit veel weinig meer minder goed goede graag alstublieft alsjeblieft dank bedankt hallo dag
  goedemiddag goedemorgen uur laat sluiten sluit gesloten kost kosten kaartje kaartjes volwassene volwassenen kinderen
  buslijn stopt deur nummer bellen vragen vraag help helpen verder bezoek kijken natuurlijk helaas nederlands engels taal
  woord betekent antwoord antwoorden stad rijdt nemen direct twee drie zich alles dicht beste toe andere zoekt
  telefoon telefoonnummer gaan gaat komen komt maken maakt zien zeggen zegt weten weet tijd jaar mensen huis straat
  iets niets welkom werk werken spreken spreek begrijp begrijpen groeten nieuwe mogen hoeveel bedoel kom geven
  geeft leven kapitein oude
  `,
  french: `
  le les du des une un et ou où mais ne pas plus je tu il elle nous vous ils elles moi toi lui leur mon ma mes ton ta tes
  sa ses notre nos votre vos ce cet cette ces est sont était étaient être suis es êtes sommes avoir ai avez avons ont avait
  fait faire peut peux pouvez pouvons pourrait dois devez doit faut veux voulez voudrais aller va vais avec sans pour par
  dans sur sous chez vers entre après avant pendant depuis parce comme si quand comment pourquoi combien quel quelle quels
  quelles qui que quoi dont aussi très bien bon bonne beaucoup trop peu toujours jamais déjà encore ici là alors puis donc
  merci bonjour bonsoir salut oui non plaît aujourd hui demain hier heure heures ouvert ouverts fermé fermons ferme fermez
  coûte coûtent billet billets entrée adulte adultes enfants ligne arrête numéro appeler questions aider là visite ville
  langue français anglais mot réponse répondre bien sûr prendre simple deux trois tout tous toute autres cherchez
  téléphone savoir sais sait venir vient voir année homme femme maison quelque chose rien bienvenue parler
  parlez comprends comprendre désolé excusez nouveau nouvelle mieux moins cela ça ceci celui lorsque parfait capitaine
  vieux dit jour jours monde
  `,
  spanish: `
  el los las una unos unas y o pero ni que qué yo tú él ella nosotros usted ustedes ellos ellas mi mis tu tus su sus
  nuestro nuestra este esta esto estos estas ese esa eso es son era ser estar estoy está están estamos fue hay tener tengo
  tiene tienen tenemos hacer hace puede puedo pueden puedes podría debe quiero quiere quieren ir va voy vamos con sin para
  por en desde hasta sobre entre según durante porque como cómo cuando cuándo donde dónde cuánto cuánta cuál quién también
  muy más menos mucho mucha muchas muchos bien bueno buena buenos buenas siempre nunca ya todavía aquí allí ahora
  entonces después gracias hola sí favor hoy mañana ayer hora horas abierto abiertos abierta cerrado cerramos cierra cierran
  cuesta cuestan entrada entradas adulto adultos niños línea autobús puerta número llamar preguntas pregunta ayudo ayudar
  gusto visita esperamos ciudad idioma español inglés palabra respuesta responder claro tomar mejor dos tres todo todos del
  al lo le les se nos busca otros otras
  teléfono saber decir viene tiempo año gente hombre mujer calle nada bienvenido hablar habla hablo entiendo entender
  siento perdón pequeño nuevo nueva cada otro otra hacia aunque mientras mundo vida día días capitán viejo ciudades
  noche
  `,
  italian: `
  il lo gli i la un uno una e ed o ma non che chi io tu lui lei noi voi loro mio mia miei tuo tua suo sua nostro nostra
  vostro vostra questo questa questi queste quello quella è sono era essere siamo siete avere ho hai ha abbiamo avete hanno
  fare fa può puoi posso possiamo possono potrebbe deve devo dobbiamo vuole voglio vorrei andare vado va con senza per di da
  in nel nella su sul sulla dal dalla del della dei degli delle al alla alle allo ai tra fra dopo prima durante perché come
  quando dove quanto quale quali anche molto molta più meno bene buono buona buon sempre mai già ancora qui qua lì adesso ora
  allora grazie ciao buongiorno buonasera sì prego oggi domani ieri ore aperto aperti aperta chiuso chiusi chiudiamo chiude
  costa costano biglietto biglietti adulto adulti bambini linea autobus porta ferma numero chiamare domande domanda aiutarla
  aiutare piacere visita aspettiamo città lingua italiano inglese parola risposta rispondere certo prendere migliore due tre
  tutto tutti si ci vi ne cerca altre altri
  telefono sapere viene vedere anno gente uomo qualcosa niente nulla benvenuto parlare parlo capisco capire
  scusi piccolo nuovo nuova ogni altro altra mondo vita giorno giorni stesso capitano vecchio stato notte
  `,
  portuguese: `
  os as um uma uns umas e ou mas não que eu tu ele ela nós você vocês eles elas meu minha meus minhas teu tua seu sua seus
  suas nosso nossa vosso vossa este esta isto esse essa isso aquele aquela é são era ser estar estou está estão estamos foi
  há ter tenho tem têm temos tiver fazer faz pode posso podem podemos poderia deve quero quer querem ir vai vou vamos com sem
  para por pelo pela em no na nos nas ao aos à às do da dos das desde até sobre entre durante porque como quando onde quanto
  quanta qual quem também muito muita mais menos bem bom boa bons sempre nunca já ainda aqui aí ali agora então depois
  obrigado obrigada olá sim favor hoje amanhã ontem hora horas aberto abertos fechado fechamos fecha fecham custa custam
  bilhete bilhetes adulto adultos crianças linha autocarro ônibus porta número ligar perguntas pergunta ajudar gosto visita
  espera ficamos cidade língua português inglês palavra resposta responder claro apanhar melhor dois duas três tudo todos
  mesmo frente através procura outros outras
  telefone saber dizer diz vem ano gente homem mulher rua nada falar fala falo entendo percebo desculpe pequeno novo
  cada outro outra mundo vida dia dias coisa coisas parte capitão velho lado noite
  `,
};

/** Also words of English, or names of its letters and parts of its contractions: they say nothing. */
const SHARED: ReadonlySet<string> = new Set(
  listed(`
  a i o e me on no in an as at am are was war die man hat also do son pour pays ten then her him his hun not most made
  come more gut bin bad rate us is it so he be we us ton sans dans ma mes tu ta sa si plus non ne est et al del la le de en
  y un des les du das van von der den das een om op aan toe wet dog mar per via fin sol sale pan pain pane once time data
  list line lines open bus euro euros adult simple direct phone number numbers visit visits question questions entrance
  salut par comment but chat main sign table place route menu hotel hour dos tres all ai ho ha fa va vi ci di da lo mi se
  te con dan wil war tag hun wie den met dicht uit had far tot kind art ort rat star fast gift bald hell rot after long nor
  use sur dove more sole fare come mai ore sera dare prego altre era ore pro via bis auf sous men sin son real red note costs
  mine mis pie san sus las los por dag ons help best beste kosten dies mere ad id ex re oh ok okay hallo si ya ed ser
  chi ils ira ire vie age usage message source direction information situation attention port est ville unter under twee
  over water hand arm finger winter warm land ball bank rose name land wild blind blond gold golden butter
  `),
);

/** Kept although they are also English letters or rare words of it: without them a language could not be told. */
const TELLING: ReadonlySet<string> = new Set(
  listed(
    'der das den des les du de la le el los las een van von et est un del al en y auf aan op om het wie met con por tot bis uit',
  ),
);

const ours = (words: string): readonly string[] =>
  listed(words).filter((word) => !ENGLISH.has(word) && (TELLING.has(word) || !SHARED.has(word)));

/** Words of the six other languages that are not words of English. */
export const FOREIGN: ReadonlySet<string> = new Set([...Object.values(LISTS).flatMap(ours), ...TELLING]);

/** Phrases that English has borrowed whole: they say nothing either. */
export const BORROWED: readonly string[] = [
  'per se',
  'en route',
  'et al',
  'et cetera',
  'vice versa',
  'de facto',
  'bon voyage',
  'bon appétit',
  'bon appetit',
  'à la carte',
  'a la carte',
  'du jour',
  'table d’hôte',
  'crème brûlée',
  'déjà vu',
  'en suite',
  'faux pas',
  'au revoir',
  'c’est la vie',
  'el niño',
  'la niña',
  'dim sum',
  'pro rata',
  'ad hoc',
  'in situ',
];

/** Words with marks that English dictionaries hold. */
export const LOANS: ReadonlySet<string> = new Set(
  listed(
    'café cafés naïve résumé résumés façade fiancé fiancée entrée entrées cliché clichés décor jalapeño piñata señor',
  ),
);
