const WORDS = {
  en: { chat: 'New chat', word: 'New message', given: 'Assigned to you', mention: 'You were mentioned', alert: 'Alert' },
  de: { chat: 'Neuer Chat', word: 'Neue Nachricht', given: 'Ihnen zugewiesen', mention: 'Sie wurden erwähnt', alert: 'Hinweis' },
} as const;
export type PushWords = Readonly<Record<keyof (typeof WORDS)['en'], string>>;

/** In the languages of the dashboard; English for any other. */
export const pushWords = (lang: string): PushWords => (lang.toLowerCase().startsWith('de') ? WORDS.de : WORDS.en);
