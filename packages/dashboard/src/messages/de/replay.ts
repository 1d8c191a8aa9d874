import type { Messages } from '../messages.ts';
import { plurals } from '../plural.ts';

const plural = plurals('de');

export const replay: Messages['replay'] = {
  title: 'Den Tag abspielen',
  bar: 'Wiedergabe des Tages',
  play: 'Abspielen',
  pause: 'Anhalten',
  speed: 'Tempo',
  times: (n) => `${n}×`,
  takes: (time) => `Der Tag in ${time}`,
  minutes: (n) => `${n} min`,
  seconds: (n) => `${n} s`,
  back: 'Zurück zu jetzt',
  slider: 'Zeitpunkt des Tages',
  at: (day, clock, visitors) => `${day}, ${clock}: ${visitors}`,
  then: 'Besucher damals',
  now: 'Jetzt online',
  thenInfo: 'Was gezählt wird',
  thenCounts:
    'Besuche, die in diesem Moment da waren, jeder von der Ankunft bis zum Gehen. Alle sind grün: Ob jemand damals untätig war oder chattete, wird nicht aufbewahrt.',
  zone: (zone) => `Uhrzeit von ${zone}`,
  there: (n, count) => plural(n, { one: `${count} Besucher war da`, other: `${count} Besucher waren da` }),
  nobody: 'In diesem Moment war niemand da',
  list: 'Besucher, die da waren',
  past: 'Vergangenheit',
  pastText: 'Pins und Liste zeigen diesen Moment. Was jetzt geschieht, läuft darunter weiter.',
  filtered: 'Ihr Filter gilt nicht für die Vergangenheit; er ist wieder da, wenn Sie zurückgehen.',
  newest: (shown, all) => `Die ${shown} zuletzt Gekommenen von ${all}`,
  since: (clock) => `seit ${clock}`,
  pages: (n, count) => plural(n, { one: `${count} Seite`, other: `${count} Seiten` }),
  show: (name, place) => `${name}, ${place}: auf der Karte zeigen`,
  unknownPlace: 'Ort unbekannt',
  reading: 'Der Tag wird gelesen',
  read: (n, count) => plural(n, { one: `bisher ${count} Besuch`, other: `bisher ${count} Besuche` }),
  empty: 'In diesen 24 Stunden kam niemand',
  emptyText: 'Sobald jemand die Website besucht, lässt sich der Tag hier abspielen.',
  cut: (count, clock) =>
    `Es werden nur die ersten ${count} Besuche gespielt, bis ${clock}. Wählen Sie eine einzelne Website, um deren ganzen Tag zu sehen.`,
  again: 'Erneut versuchen',
};
