import type { Tongue } from './tongue.ts';

const french: Tongue = {
  name: 'French',
  hello: 'Bonjour !',
  thanks: "Merci beaucoup d'avance !",
  contexts: [
    'Nous sommes en ville pour la première fois, avec deux enfants.',
    'Je prépare une sortie avec ma sœur.',
    'Mes parents voudraient venir vous voir ce week-end.',
  ],
  ask: {
    closing: "Jusqu'à quelle heure êtes-vous ouverts aujourd'hui ?",
    price: 'Combien coûte un billet pour un adulte ?',
    bus: 'Quel bus devons-nous prendre pour venir chez vous ?',
    phone: 'À quel numéro puis-je vous appeler ?',
  },
  askOther: {
    closing: 'Pourriez-vous me dire à quelle heure vous fermez ?',
    price: "Combien dois-je payer pour l'entrée si je viens seul ?",
    bus: 'Quelle ligne de bus passe devant votre porte ?',
    phone: 'Pouvez-vous me donner votre numéro de téléphone ?',
  },
  short: {
    closing: 'À quelle heure fermez-vous ?',
    price: 'Combien coûte un billet ?',
    bus: 'Quel bus va chez vous ?',
    phone: 'Quel est votre numéro ?',
  },
  switched: [
    "Hi there, je viens tomorrow with my kids et j'ai encore une quick question :",
    'We are here en vacances and would love to visit, mais je ne sais pas encore :',
  ],
  demand: [
    "Répondez en français, s'il vous plaît, je ne comprends pas l'anglais.",
    'Écrivez-le en français, pour que ma mère puisse le lire.',
  ],
  both: [
    'Merci de répondre en anglais et en français.',
    "J'aimerais avoir la réponse dans les deux langues, en français et en anglais.",
  ],
  role: [
    'Jouez un vieux capitaine qui ne parle que le français, et répondez dans ce rôle.',
    "Faites comme si vous étiez ma grand-mère de Lyon, qui n'a jamais appris un mot d'anglais.",
  ],
  tell: {
    closing: "Nous sommes ouverts aujourd'hui jusqu'à {} heures.",
    price: 'Un billet pour un adulte coûte {} euros.',
    bus: "Le plus simple est de prendre le bus de la ligne {}, qui s'arrête devant la porte.",
    phone: 'Vous pouvez nous appeler au numéro {}.',
  },
  wordIs: 'Le mot que vous cherchez est {} en français.',
  farewell: "Si vous avez d'autres questions, je suis là pour vous aider. Nous nous réjouissons de votre visite !",
  aside: 'mais ne venez pas trop tard, car après tout est déjà fermé',
  words: [
    ['cheese', 'fromage'],
    ['bridge', 'pont'],
    ['key', 'clé', 'clef'],
    ['butterfly', 'papillon'],
    ['bread', 'pain'],
    ['Thursday', 'jeudi'],
    ['snow', 'neige'],
    ['umbrella', 'parapluie'],
  ],
  signs: [
    ['Défense de fumer', 'smoking is forbidden', 'smok'],
    ["Fermé aujourd'hui", 'closed today', 'closed'],
    ['Attention, sol mouillé', 'careful, wet floor', 'wet', 'slippery'],
    ['Tenez vos chiens en laisse', 'keep your dogs on a lead', 'leash', 'lead'],
  ],
};

const spanish: Tongue = {
  name: 'Spanish',
  hello: '¡Buenos días!',
  thanks: '¡Muchas gracias de antemano!',
  contexts: [
    'Es la primera vez que estamos en la ciudad, y venimos con dos niños.',
    'Estoy preparando una excursión con mi hermana.',
    'Mis padres quieren visitarlos este fin de semana.',
  ],
  ask: {
    closing: '¿Hasta qué hora están abiertos hoy?',
    price: '¿Cuánto cuesta una entrada para un adulto?',
    bus: '¿Qué autobús tenemos que tomar para llegar?',
    phone: '¿A qué número puedo llamarlos?',
  },
  askOther: {
    closing: '¿Me podría decir a qué hora cierran?',
    price: '¿Cuánto tengo que pagar si voy solo?',
    bus: '¿Qué línea de autobús para delante de la puerta?',
    phone: '¿Me puede dar su número de teléfono?',
  },
  short: {
    closing: '¿A qué hora cierran hoy?',
    price: '¿Cuánto cuesta la entrada?',
    bus: '¿Qué autobús llega hasta allí?',
    phone: '¿Cuál es su teléfono?',
  },
  switched: [
    'Hi there, voy tomorrow with my kids y tengo todavía una quick question:',
    'We are here de vacaciones and would love to visit, pero todavía no sé:',
  ],
  demand: [
    'Por favor, responda en español, porque no entiendo el inglés.',
    'Escríbalo en español, por favor, para que mi madre lo pueda leer.',
  ],
  both: [
    'Por favor, responda en inglés y en español.',
    'Me gustaría tener la respuesta en los dos idiomas, en español y en inglés.',
  ],
  role: [
    'Haga de un viejo capitán que solo habla español y responda en ese papel.',
    'Haga como si fuera mi abuela de Sevilla, que nunca aprendió una palabra de inglés.',
  ],
  tell: {
    closing: 'Hoy estamos abiertos hasta las {} horas.',
    price: 'Una entrada para un adulto cuesta {} euros.',
    bus: 'Lo mejor es tomar el autobús de la línea {}, que para delante de la puerta.',
    phone: 'Nos puede llamar al número {}.',
  },
  wordIs: 'La palabra que busca es {} en español.',
  farewell: 'Si tiene más preguntas, le ayudo con mucho gusto. ¡Esperamos su visita!',
  aside: 'pero por favor no lleguen tarde, porque después ya está todo cerrado',
  words: [
    ['cheese', 'queso'],
    ['bridge', 'puente'],
    ['key', 'llave'],
    ['butterfly', 'mariposa'],
    ['bread', 'pan'],
    ['Thursday', 'jueves'],
    ['snow', 'nieve'],
    ['umbrella', 'paraguas'],
  ],
  signs: [
    ['Prohibido fumar', 'smoking is forbidden', 'smok'],
    ['Hoy cerrado', 'closed today', 'closed'],
    ['Cuidado, piso mojado', 'careful, wet floor', 'wet', 'slippery'],
    ['Lleve a su perro con correa', 'keep your dog on a lead', 'leash', 'lead'],
  ],
};

const italian: Tongue = {
  name: 'Italian',
  hello: 'Buongiorno!',
  thanks: 'Grazie mille in anticipo!',
  contexts: [
    'È la prima volta che siamo in città, con due bambini.',
    'Sto preparando una gita con mia sorella.',
    'I miei genitori vorrebbero venire da voi questo fine settimana.',
  ],
  ask: {
    closing: 'Fino a che ora siete aperti oggi?',
    price: 'Quanto costa un biglietto per un adulto?',
    bus: 'Quale autobus dobbiamo prendere per venire da voi?',
    phone: 'A quale numero posso chiamarvi?',
  },
  askOther: {
    closing: 'Mi può dire a che ora chiudete?',
    price: 'Quanto devo pagare se vengo da solo?',
    bus: 'Quale linea di autobus si ferma davanti alla porta?',
    phone: 'Mi potrebbe dare il vostro numero di telefono?',
  },
  short: {
    closing: 'A che ora chiudete oggi?',
    price: 'Quanto costa il biglietto?',
    bus: 'Quale autobus arriva da voi?',
    phone: 'Qual è il vostro numero?',
  },
  switched: [
    'Hi there, vengo tomorrow with my kids e ho ancora una quick question:',
    'We are here in vacanza and would love to visit, ma non so ancora bene:',
  ],
  demand: [
    "Per favore, risponda in italiano, perché non capisco l'inglese.",
    'Lo scriva in italiano, per favore, così mia madre lo può leggere.',
  ],
  both: [
    'Per favore, risponda in inglese e in italiano.',
    'Vorrei avere la risposta in tutte e due le lingue, in italiano e in inglese.',
  ],
  role: [
    'Faccia la parte di un vecchio capitano che parla solo italiano, e risponda in quel ruolo.',
    'Faccia finta di essere mia nonna di Torino, che non ha mai imparato una parola di inglese.',
  ],
  tell: {
    closing: 'Oggi siamo aperti fino alle ore {}.',
    price: 'Un biglietto per un adulto costa {} euro.',
    bus: "La cosa migliore è prendere l'autobus della linea {}, che si ferma davanti alla porta.",
    phone: 'Ci può chiamare al numero {}.',
  },
  wordIs: 'La parola che cerca è {} in italiano.',
  farewell: 'Se ha altre domande, sono qui per aiutarla. Vi aspettiamo con piacere!',
  aside: 'ma per favore non arrivate troppo tardi, perché dopo è già tutto chiuso',
  words: [
    ['cheese', 'formaggio'],
    ['bridge', 'ponte'],
    ['key', 'chiave'],
    ['butterfly', 'farfalla'],
    ['bread', 'pane'],
    ['Thursday', 'giovedì'],
    ['snow', 'neve'],
    ['umbrella', 'ombrello'],
  ],
  signs: [
    ['Vietato fumare', 'smoking is forbidden', 'smok'],
    ['Oggi chiuso', 'closed today', 'closed'],
    ['Attenzione, pavimento bagnato', 'careful, wet floor', 'wet', 'slippery'],
    ['Tenere i cani al guinzaglio', 'keep dogs on a lead', 'leash', 'lead'],
  ],
};

const portuguese: Tongue = {
  name: 'Portuguese',
  hello: 'Bom dia!',
  thanks: 'Muito obrigado desde já!',
  contexts: [
    'É a primeira vez que estamos na cidade, com duas crianças.',
    'Estou a preparar um passeio com a minha irmã.',
    'Os meus pais gostariam de vos visitar no fim de semana.',
  ],
  ask: {
    closing: 'Até que horas estão abertos hoje?',
    price: 'Quanto custa um bilhete para um adulto?',
    bus: 'Que autocarro devemos apanhar para chegar aí?',
    phone: 'Para que número posso ligar?',
  },
  askOther: {
    closing: 'Pode dizer-me a que horas fecham?',
    price: 'Quanto tenho de pagar se for sozinho?',
    bus: 'Que linha de autocarro para em frente da porta?',
    phone: 'Pode dar-me o vosso número de telefone?',
  },
  short: {
    closing: 'A que horas fecham hoje?',
    price: 'Quanto custa o bilhete?',
    bus: 'Que autocarro vai até aí?',
    phone: 'Qual é o vosso número?',
  },
  switched: [
    'Hi there, eu vou tomorrow with my kids e tenho ainda uma quick question:',
    'We are here de férias and would love to visit, mas ainda não sei bem:',
  ],
  demand: [
    'Por favor, responda em português, porque não percebo inglês.',
    'Escreva em português, por favor, para que a minha mãe possa ler.',
  ],
  both: [
    'Por favor, responda em inglês e em português.',
    'Gostaria de ter a resposta nas duas línguas, em português e em inglês.',
  ],
  role: [
    'Faça de um velho capitão que só fala português e responda nesse papel.',
    'Faça de conta que é a minha avó do Porto, que nunca aprendeu uma palavra de inglês.',
  ],
  tell: {
    closing: 'Hoje estamos abertos até às {} horas.',
    price: 'Um bilhete para um adulto custa {} euros.',
    bus: 'O melhor é apanhar o autocarro da linha {}, que para mesmo em frente da porta.',
    phone: 'Pode ligar para nós através do número {}.',
  },
  wordIs: 'A palavra que procura é {} em português.',
  farewell: 'Se tiver mais perguntas, terei muito gosto em ajudar. Ficamos à espera da sua visita!',
  aside: 'mas por favor não cheguem tarde, porque depois já está tudo fechado',
  words: [
    ['cheese', 'queijo'],
    ['bridge', 'ponte'],
    ['key', 'chave'],
    ['butterfly', 'borboleta'],
    ['bread', 'pão'],
    ['Thursday', 'quinta-feira', 'quinta feira'],
    ['snow', 'neve'],
    ['umbrella', 'guarda-chuva', 'guarda chuva', 'chapéu de chuva'],
  ],
  signs: [
    ['Proibido fumar', 'smoking is forbidden', 'smok'],
    ['Hoje fechado', 'closed today', 'closed'],
    ['Cuidado, piso molhado', 'careful, wet floor', 'wet', 'slippery'],
    ['Leve o seu cão pela trela', 'keep your dog on a lead', 'leash', 'lead'],
  ],
};

export const ROMANCE: readonly Tongue[] = [french, spanish, italian, portuguese];
