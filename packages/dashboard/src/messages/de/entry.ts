import type { Messages } from '../messages.ts';

export const entry: Messages['entry'] = {
  strength: {
    empty: 'Mindestens 10 Zeichen; ein Satz eignet sich gut.',
    short: (missing) => `Noch ${missing}; ein Satz eignet sich gut.`,
    same: 'Zu gleichförmig; ein Satz eignet sich gut.',
    enough: 'Reicht. Länger ist besser; ein Satz eignet sich gut.',
    good: 'Gut. Ein Satz eignet sich gut.',
    strong: 'Stark.',
  },

  foot: 'Open Source, auf dem eigenen Server.',
  line: 'Sehen, wer gerade auf der Website ist.',
  lineMore: 'Und zuerst grüßen. Alles bleibt auf dem eigenen Server.',
  language: 'Sprache',

  email: 'E-Mail',
  password: 'Passwort',
  name: 'Name',

  signIn: 'Anmelden',
  signInTitle: 'Anmelden · Foyer',
  signingIn: 'Anmeldung läuft …',
  almost: 'Fast fertig',
  almostText:
    'Foyer hat noch kein Konto. Der Einrichtungslink, den es beim Start ausgegeben hat, führt weiter; er endet mit `/setup#token=…`',
  haveToken: 'Ich habe das Token aus dem Link',

  setupTitle: 'Einrichten · Foyer',
  welcome: 'Willkommen bei Foyer',
  firstHere: 'Hier ist noch niemand. Wer jetzt einrichtet, wird Inhaber.',
  toSignIn: 'Zur Anmeldung',
  token: 'Einrichtungslink oder Token',
  tokenHint: 'Foyer hat ihn beim Start ausgegeben.',
  workspace: 'Arbeitsbereich',
  siteName: 'Name der Site',
  siteNameExample: 'Shop',
  domain: 'Ihre Domain',
  domainExample: 'shop.example.com',
  create: 'Arbeitsbereich anlegen',
  creating: 'Wird angelegt …',
  trackingLater: 'Das Besucher-Tracking bleibt aus, bis es jemand einschaltet.',

  joinTitle: 'Beitreten · Foyer',
  join: 'Beitreten',
  joinWorkspace: (workspace) => `${workspace} beitreten`,
  joining: 'Beitritt läuft …',
  invitedAs: { owner: 'Eingeladen als Inhaber.', admin: 'Eingeladen als Admin.', agent: 'Eingeladen als Agent.' },
  noInvitation: 'Diese Einladung gilt nicht',
  noInvitationText: 'Sie wurde benutzt, ist abgelaufen, oder ein Teil des Links fehlt. Wer eingeladen hat, kann eine neue schicken.',
  haveAccount: 'Ich habe ein Konto',
};
