/** What the demo's visitors ask and what they are told: visitor first, then in turns. */
interface Dialogue {
  readonly lang: string;
  readonly turns: readonly string[];
}
const DIALOGUES: readonly Dialogue[] = [
  {
    lang: 'en',
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
    turns: [
      'Do the Trail Light boots run small?',
      'Half a size, yes. If you wear thick socks, take one size up.',
      'So 43 instead of 42?',
      'Exactly. And if they do not fit, sending them back is free for 30 days.',
    ],
  },
  {
    lang: 'en',
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
    turns: [
      'Hallo, kann ich die Jacke in Grün vorbestellen?',
      'Hallo! Ab dem 1. Dezember, ich merke Sie gern vor.',
      'Ja bitte, Größe M.',
      'Ist notiert. Sie bekommen eine Mail, sobald sie da ist.',
    ],
  },
  {
    lang: 'fr',
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
    turns: [
      'Merhaba, Türkiye’ye gönderiyor musunuz?',
      'Merhaba! Evet, gönderim beş iş günü sürüyor.',
      'Gümrük ücreti var mı?',
      '150 € altındaki siparişlerde yok.',
    ],
  },
];
/** For whatever was not foreseen. */
export const WORDS = {
  visitor: ['I see, thank you!', 'That helps, thanks.', 'Ok, let me try that.', 'Good to know 👍', 'Thanks, I will think about it.'],
  agent: [
    'Let me check that for you, one moment.',
    'Good question! I will ask a colleague and write to you.',
    'Is there anything else I can do?',
  ],
  assistant: [
    'Here is what I found in our guide: delivery takes 2 to 4 working days, and returns are free for 30 days.',
    'Our size guide says: between two sizes, take the larger one.',
    'I am not sure about that. Shall I ask a person from the team?',
  ],
} as const;

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
