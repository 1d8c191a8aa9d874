import type { AgentBody } from '@foyer/protocol';

/** What the demo's visitors ask and what they are told: visitor first, then in turns. */
interface Dialogue {
  readonly lang: string;
  /** What it is filed under. */
  readonly tag: string;
  readonly turns: readonly string[];
}
export type Form = Extract<AgentBody, { kind: 'form' }>;
const field = { required: true, choices: [] };
/** Asked as a form instead of in words, and answered as one. */
export const SIZE_FORM: Form = {
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
export const DIALOGUES: readonly Dialogue[] = [
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
  {
    lang: 'en',
    tag: 'returns',
    turns: [
      'How do I send a jacket back? The label was not in the box.',
      'Sorry about that! I have just mailed you a new one. Any post office takes it.',
      'Got it. How long until the money is back?',
      'Three working days after it reaches us.',
      'Perfect, cheers!',
    ],
  },
  {
    lang: 'en',
    tag: 'stock',
    turns: [
      'When will the Tarn 28 be back in blue?',
      'On 4 December, about sixty of them. Shall I put one aside for you?',
      'Please do, I will order on the day.',
      'Done: it is kept for 48 hours after it arrives, and you get a mail.',
    ],
  },
  {
    lang: 'en',
    tag: 'products',
    turns: [
      'Is the water filter safe for glacier streams?',
      'It is: it takes out silt, bacteria and protozoa. In silty water, let it settle for ten minutes first or it clogs.',
      'And how do I clean it on the way?',
      'Push clean water back through it with the syringe that comes with it.',
      'Very clear, thank you.',
    ],
  },
  {
    lang: 'en',
    tag: 'shipping',
    turns: [
      'Do you ship to Norway, and who pays the duty?',
      'We do, in four working days. Duty is in the price that you see at checkout, so nothing is due at the door.',
      'Oh nice, that was my worry.',
    ],
  },
  {
    lang: 'en',
    tag: 'order',
    turns: [
      'Can I still change the address of order 10-5120? I typed the old one.',
      'It has not left yet, so yes. Which address should it be?',
      '12 Harbour Street, second floor, same town.',
      'Changed. It leaves tonight, and the new address is in your mail.',
      'You saved me, thank you so much!',
    ],
  },
  {
    lang: 'en',
    tag: 'sizing',
    turns: [
      'I am 1.93 m. Is the long sleeping bag long enough?',
      'It is made for up to 1.98 m, so you have room for cold feet and a water bottle.',
      'Ha, exactly what I need. Ordering now.',
    ],
  },
  {
    lang: 'en',
    tag: 'repairs',
    turns: [
      'The zip of my tent broke after two years. Do you repair it?',
      'For life, and free. Send it dry, with a note saying which door it is.',
      'How long does that take at the moment?',
      'About twelve days. If you are off before that, we lend you one.',
      'No rush, it is winter. Thank you!',
    ],
  },
  {
    lang: 'de',
    tag: 'order',
    turns: [
      'Moin, meine Bestellung ist unterwegs, aber ich bin nächste Woche nicht da. Was tun?',
      'Moin! Ich kann sie beim Paketshop um die Ecke lagern lassen, zehn Tage lang.',
      'Das wäre super, bitte machen.',
      'Ist veranlasst, Sie bekommen den Abholcode per Mail.',
      'Danke, ihr seid die Besten.',
    ],
  },
  {
    lang: 'de',
    tag: 'returns',
    turns: [
      'Kann ich die Stiefel zurückgeben, wenn ich sie einmal draußen anhatte?',
      'Einmal um den Block ist völlig in Ordnung. Nach einer Wandertour reparieren wir lieber.',
      'Verstehe, war nur ein kurzer Test.',
    ],
  },
  {
    lang: 'fr',
    tag: 'sizing',
    turns: [
      'Bonjour, je chausse du 41 et demi, quelle pointure pour les Trail Light ?',
      'Bonjour ! Prenez du 42 : elles taillent un peu petit, et l’échange est gratuit.',
      'Parfait, je prends le 42.',
    ],
  },
  {
    lang: 'es',
    tag: 'order',
    turns: [
      'Mi pedido lleva dos días sin moverse, ¿pasa algo?',
      'Lo he mirado: salió de Zaragoza esta mañana y llega mañana antes de las dos.',
      'Menos mal, gracias por mirarlo.',
    ],
  },
];
