import type { AgentBody } from '@foyer/protocol';

/** What the demo's visitors ask and what they are told: visitor first, then in turns. */
interface Dialogue {
  readonly lang: string;
  /** What it is filed under. */
  readonly tag: string;
  readonly turns: readonly string[];
}
type Form = Extract<AgentBody, { kind: 'form' }>;
const field = { required: true, choices: [] };
/** Asked as a form instead of in words, and answered as one. */
const SIZE_FORM: Form = {
  kind: 'form',
  text: 'With pleasure! Just fill this in, and I will set a pair aside for you until Saturday.',
  fields: [
    { ...field, id: 'size', label: 'Size', type: 'choice', choices: ['41', '42', '43', '44', '45'] },
    { ...field, id: 'name', label: 'Name for the label', type: 'text' },
    { ...field, id: 'note', label: 'Anything we should know?', type: 'long', required: false },
  ],
};
/** Stands in a dialogue where the form was filled in. */
export const FILLED_IN = '(filled in)';
const DIALOGUES: readonly Dialogue[] = [
  {
    lang: 'en',
    tag: 'sizing',
    turns: [
      'Could you keep a pair of the Trail Light for me? I would come by the shop on Friday.',
      SIZE_FORM.text,
      FILLED_IN,
      'All set: it is behind the counter under your name. We are open until 7 on Friday.',
      'Wonderful, see you then!',
      'See you on Friday!',
    ],
  },
  {
    lang: 'en',
    tag: 'products',
    turns: [
      'Hi! Does the Ridge 45 fit into a cabin locker?',
      'Hello! With an empty lid pocket it does: 52 × 34 × 23 cm. Most airlines allow 55 × 40 × 23.',
      'Perfect. And is the rain cover included?',
      'Yes, it is in the bottom pocket, in signal orange.',
      'Great, thank you!',
      'You are welcome. Have a good trip!',
    ],
  },
  {
    lang: 'en',
    tag: 'order',
    turns: [
      'My order 10-4471 should have come yesterday. Where is it?',
      'Let me look … It is with the carrier in Utrecht and comes tomorrow between 9 and 12.',
      'Can they leave it with a neighbour?',
      'I have noted it: house number 14, if nobody opens.',
      'Thanks a lot.',
    ],
  },
  {
    lang: 'en',
    tag: 'sizing',
    turns: [
      'Do the Trail Light boots run small?',
      'Half a size, yes. If you wear thick socks, take one size up.',
      'So 43 instead of 42?',
      'Exactly. And if they do not fit, sending them back is free for 30 days.',
    ],
  },
  {
    lang: 'en',
    tag: 'payment',
    turns: [
      'The checkout says my card was declined, but my bank says it is fine 😕',
      'I am sorry about that. Was there a message from your bank’s app to confirm?',
      'Oh. Yes, I missed it.',
      'Then a second try will work: your basket is kept.',
      'It did. You are the best!',
    ],
  },
  {
    lang: 'de',
    tag: 'products',
    turns: [
      'Guten Tag, ist das Zelt Alm 2 auch für Schnee geeignet?',
      'Guten Tag! Es ist ein Drei-Jahreszeiten-Zelt: leichter Schnee ja, aber keine Schneelast über Nacht.',
      'Was nehme ich dann für Norwegen im März?',
      'Das Gipfel 3. Es hat Schneelappen und ein stärkeres Gestänge.',
      'Danke, das schaue ich mir an.',
    ],
  },
  {
    lang: 'de',
    tag: 'pre-order',
    turns: [
      'Hallo, kann ich die Jacke in Grün vorbestellen?',
      'Hallo! Ab dem 1. Dezember, ich merke Sie gern vor.',
      'Ja bitte, Größe M.',
      'Ist notiert. Sie bekommen eine Mail, sobald sie da ist.',
    ],
  },
  {
    lang: 'fr',
    tag: 'shipping',
    turns: [
      'Bonjour, livrez-vous en Belgique ?',
      'Bonjour ! Oui, en trois jours ouvrés, et gratuitement à partir de 60 €.',
      'Et pour un retour ?',
      'L’étiquette est dans le colis, le retour est gratuit.',
      'Merci beaucoup',
    ],
  },
  {
    lang: 'es',
    tag: 'products',
    turns: [
      '¿El saco de dormir vale para cinco grados bajo cero?',
      'Hola. El límite de confort es de −2 °C; para −5 °C le aconsejo el modelo Sierra.',
      '¿Cuánto pesa?',
      '980 gramos con la funda.',
      'Gracias, lo pido ahora.',
    ],
  },
  {
    lang: 'tr',
    tag: 'shipping',
    turns: [
      'Merhaba, Türkiye’ye gönderiyor musunuz?',
      'Merhaba! Evet, gönderim beş iş günü sürüyor.',
      'Gümrük ücreti var mı?',
      '150 € altındaki siparişlerde yok.',
    ],
  },
];
/** For whatever was not foreseen: nobody promises what nobody keeps. */
export const WORDS = {
  /** Of a visitor, to what somebody real has written. */
  visitor: ['I see, thank you!', 'That helps, thanks.', 'Ok, let me try that.', 'Good to know 👍', 'Thanks, I will think about it.'],
  greeting: 'Hello, this is Fernhill. How can I help?',
  /** Before it is given to a colleague. */
  handOver: 'That is a good question, and I would rather not guess. I am handing you to a colleague who knows.',
  /** Before it is given to people. */
  askPeople: 'I am not sure about that. I am asking somebody of the team to join us.',
} as const;
const GOODBYES: Readonly<Record<string, string>> = {
  en: 'You are welcome. Have a great time out there!',
  de: 'Sehr gern. Viel Freude draußen!',
  fr: 'Avec plaisir. Bonne randonnée !',
  es: 'De nada. ¡Que lo disfrute!',
  tr: 'Rica ederim. İyi yolculuklar!',
};

/** How somebody who said these words is let go; '' who has more to say, or asks something that was not foreseen. */
export function goodbyeTo(words: string): string {
  if (WORDS.visitor.some((known) => known === words)) return GOODBYES['en']!;
  const dialogue = DIALOGUES.find(({ turns }) => turns.at(-1) === words);
  return dialogue ? (GOODBYES[dialogue.lang] ?? '') : '';
}

/** Whether nothing is to be said to this any more. */
export const isLastWord = (words: string): boolean =>
  Object.values(GOODBYES).includes(words) ||
  words === WORDS.handOver ||
  words === WORDS.askPeople ||
  DIALOGUES.some(({ turns }) => turns.at(-1) === words);

/** What a conversation with these words is about; '' not known. */
export const tagOf = (words: string): string => DIALOGUES.find(({ turns }) => turns.includes(words))?.tag ?? '';

/** As it is sent: in words, or as the form that asks the same. */
export const bodyOf = (text: string): Form | { kind: 'text'; text: string } =>
  text === SIZE_FORM.text ? SIZE_FORM : { kind: 'text', text };

/** What is said `n` turns after these words; '' where nothing was foreseen. */
export function turnAfter(words: string, n: number): string {
  for (const { turns } of DIALOGUES) {
    const at = turns.indexOf(words);
    if (at >= 0) return turns[at + n] ?? '';
  }
  return '';
}

/** In the visitor's language, where there is one. */
export function openingsIn(language: string): readonly string[] {
  const own = DIALOGUES.filter(({ lang }) => language.startsWith(lang));
  return (own.length > 0 ? own : DIALOGUES.filter(({ lang }) => lang === 'en')).map(({ turns }) => turns[0]!);
}
