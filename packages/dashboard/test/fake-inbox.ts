/** A busy afternoon in the scripted server: every kind of conversation and message, as the look has them. */
import type { ChatFile } from '@foyer/protocol';
import type { FakeServer } from './fake-server.ts';

const MINUTE = 60_000;
const visitor = { kind: 'visitor' } as const;

export function seedInbox(server: FakeServer): void {
  const { chat } = server;
  const now = Date.now();
  let clock = now;
  chat.now = () => clock;
  const at = (minutes: number): void => void (clock = now - minutes * MINUTE);
  const contact = (name: string, email = '', verified = false) => ({ name, email, verified });
  const visit = (id: string, country: string, city: string, title: string, given: object = {}): void =>
    void server.arrive({ visitor: `v-${id}`, country, city, title, url: `https://shop.example.com/${id}`, status: 'chatting', ...given });

  at(60 * 30);
  chat.start('rolf', 'Is the lamp dimmable?', { contact: contact('Rolf Berg', 'rolf@example.com') });
  chat.does('rolf', { c: 'accept', by: { kind: 'agent', id: 'u3' } });
  chat.agent('rolf', 'u3', 'Yes, with any trailing-edge dimmer.');
  at(90);
  chat.does('rolf', { c: 'rate', by: visitor, cid: 'rate-rolf', stars: 5, comment: 'Quick and friendly!' });
  chat.does('rolf', { c: 'resolve', by: { kind: 'agent', id: 'u3' } });

  at(32);
  chat.start('freja', 'Hi! I ordered the merino hoody in M but I think I need an S. Can I still change it?', {
    contact: contact('Freja Lindqvist', 'freja@example.com', true),
    ai: 'juno',
  });
  const ai = (id: string) => ({ kind: 'ai', id: 'juno', epoch: chat.state(id).epoch }) as const;
  chat.does('freja', {
    c: 'say',
    by: ai('freja'),
    cid: 'ai-freja-1',
    words: {
      kind: 'buttons',
      text: 'You can change the size until the parcel leaves our warehouse, usually within 24 hours. Order 20431 is still being packed, so there is time.',
      buttons: [
        { id: 'change', label: 'Change the size' },
        { id: 'keep', label: 'Keep it' },
        { id: 'person', label: 'Talk to a person' },
      ],
    },
  });
  at(31);
  chat.does('freja', { c: 'choose', by: visitor, cid: 'choose-freja', to: chat.state('freja').seq, button: 'change' });
  chat.does('freja', {
    c: 'say',
    by: ai('freja'),
    cid: 'ai-freja-2',
    words: {
      kind: 'form',
      text: 'Change my order',
      fields: [
        { id: 'order', label: 'Order', type: 'text', required: true, choices: [] },
        { id: 'size', label: 'New size', type: 'choice', required: true, choices: ['S', 'M'] },
        { id: 'reason', label: 'Reason', type: 'text', required: false, choices: [] },
      ],
    },
  });
  at(30);
  const values = [
    { id: 'order', value: '20431' },
    { id: 'size', value: 'S' },
    { id: 'reason', value: 'Sleeves too long' },
  ];
  chat.does('freja', { c: 'submit', by: visitor, cid: 'submit-freja', to: chat.state('freja').seq, values });
  const photo: ChatFile = {
    id: 'f-photo',
    name: 'how-the-m-fits.jpg',
    type: 'image/jpeg',
    bytes: 184_000,
    width: 464,
    height: 312,
    url: '/files/f-photo?c=freja',
  };
  const order: ChatFile = {
    id: 'f-order',
    name: 'order-20431.pdf',
    type: 'application/pdf',
    bytes: 84_200,
    width: 0,
    height: 0,
    url: '/files/f-order?c=freja',
  };
  for (const file of [photo, order]) chat.files.set(file.id, file);
  chat.visitor('freja', { kind: 'attachment', text: '', files: [photo.id, order.id] });
  at(29);
  chat.does('freja', { c: 'ask_for_person', by: visitor });
  at(28.4);
  chat.does('freja', { c: 'accept', by: { kind: 'agent', id: 'u1' } });
  chat.agent('freja', 'u1', 'Hi Freja, Marta here. I have your form: S instead of M for order 20431. One moment, I am checking the shelf.');
  at(27);
  const note = (user: string, text: string, mentions: string[] = []): void =>
    void chat.does('freja', { c: 'note', by: { kind: 'agent', id: user }, cid: `note-${user}-${text.length}`, text, mentions });
  note('u1', '@Anna is the merino hoody back in S? The system says 2 left.', ['u3']);
  at(26);
  note('u3', 'Yes, shelf B4. I reserved one for 20431.');
  at(5);
  chat.agent('freja', 'u1', 'Good news: one S is reserved for you. It leaves tomorrow, with nothing to pay.');
  chat.does('freja', { c: 'mark', by: visitor, delivered: chat.state('freja').seq, read: 14 });
  at(4.8);
  chat.agent('freja', 'u1', 'I will send the tracking link as soon as it is on its way: https://track.example.com/20431');

  at(20);
  chat.start('camille', 'Bonjour, do you deliver a tent to a campsite? We leave on Friday.', {
    contact: contact('Camille R.', 'camille@example.com'),
    ai: 'juno',
  });
  at(19);
  chat.does('camille', {
    c: 'say',
    by: ai('camille'),
    cid: 'ai-camille',
    words: {
      kind: 'text',
      text: 'Yes, to any campsite with a reception in the EU: put the campsite’s name in the second address line. Orders before 15:00 arrive in France in two working days.',
      sources: [
        { title: 'Delivery to campsites and huts', url: 'https://shop.example.com/help/campsites' },
        { title: 'Delivery times', url: 'https://shop.example.com/help/delivery' },
      ],
    },
  });
  at(14);
  chat.start('noor', 'هل يمكنني تغيير عنوان الشحن قبل الغد؟', { contact: contact('Noor Haddad') });
  chat.does('noor', { c: 'accept', by: { kind: 'agent', id: 'u3' } });
  at(4.2);
  chat.start('amina', 'One trekking pole arrived bent', { contact: contact('Amina Diallo'), source: 'whatsapp', visitor: '' });
  at(1.7);
  chat.start('elif', 'The page says my card was refused, but my bank shows the payment.', { contact: contact('Elif Aydın') });
  chat.visitor('elif', 'Was I charged? <b>not bold</b>');
  at(0.4);
  chat.start('ewa', 'Could you send the invoice for order 20418 again?', {
    contact: contact('Ewa Nowak', 'ewa@example.com'),
    source: 'fluent_support',
    visitor: '',
  });
  at(0.2);
  chat.start('nobody', 'Hello, is anybody there?', { site: 'site-2' });
  clock = now;
  chat.now = () => Date.now();
  for (const id of ['freja', 'camille', 'noor', 'rolf']) chat.saw(id, 1_000);

  visit('freja', 'SE', 'Malmö', 'Merino hoody', { name: 'Freja Lindqvist', status: 'assigned' });
  visit('camille', 'FR', 'Lyon', 'Delivery and returns', { status: 'ai' });
  visit('noor', 'AE', 'Dubai', 'Cart', { status: 'assigned', lastActivityAt: now - 12 * MINUTE });
  visit('elif', 'TR', 'Istanbul', 'Checkout: payment', { status: 'unassigned' });
  visit('nobody', 'PL', 'Kraków', 'Journal', { status: 'unassigned', site: 'site-2' });
}
