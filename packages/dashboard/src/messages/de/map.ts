import type { Messages } from '../messages.ts';
import { plurals } from '../plural.ts';

const plural = plurals('de');

export const map: Messages['map'] = {
  label: 'Weltkarte der Besucher. Die Liste zeigt dieselben Besucher und lässt sich mit der Tastatur bedienen.',
  canvas: 'Weltkarte. Pfeiltasten verschieben sie, Plus und Minus zoomen.',
  live: 'Besucher online',
  chats: 'Aktive Chats',
  of: (n) => `von ${n}`,
  liveInfo: 'Was gezählt wird',
  liveCounts:
    'Besuche, bei denen gerade ein Tab verbunden ist, ob im Chat oder nicht. Wer gegangen ist, bleibt noch bis zu 30 Minuten auf Liste und Karte, zählt hier aber nicht.',
  chatsCounts:
    'Gespräche, die nicht zugewiesen, zugewiesen oder beim KI-Agenten sind; „anderswo“ sind die ohne jemanden auf der Liste: über API oder WhatsApp, oder wer gegangen ist. Ein geöffneter Chat, in dem noch nichts geschrieben wurde, zählt nicht.',
  elsewhere: (n) => `${n} anderswo`,
  filterCounts: 'Die erste Zahl ist, was der Filter durchlässt, die zweite sind alle.',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  globe: 'Als Globus zeigen',
  flat: 'Als flache Karte zeigen',
  fit: 'Ganze Welt zeigen',
  fitFound: 'Alle Treffer zeigen, oder die ganze Welt',
  unknown: 'Ort unbekannt',
  unknownCount: (_n, count) => `${count} Besucher, deren Ort unbekannt ist`,
  legend: 'Farben der Pins',
  close: 'Schließen',
  onePin: 'Ein Besucher',
  approximate: 'Nur das Land ist bekannt',
  dashed: 'Gestrichelter Ring: nur das Land ist bekannt',
  both: (a, b) => `${a}, ${b}`,
  visitors: (_n, count) => `${count} Besucher`,
  inRegion: (visitors, cities) => `${visitors} in ${cities}`,
  cities: (n) => plural(n, { one: `${n} Stadt`, other: `${n} Städten` }),
  popup: (place) => `Besucher in ${place}`,
  more: (name) => `Mehr zu ${name}`,
  popupEmpty: 'Hier ist niemand mehr.',
  openPlace: (n, count) => plural(n, { one: 'Als Liste öffnen', other: `Alle ${count} als Liste öffnen` }),
  top: 'Orte mit den meisten Besuchern',
  noWebgl: 'Keine Karte in diesem Browser',
  noWebglWhy: 'Die Karte braucht WebGL 2, das hier abgeschaltet ist oder fehlt. In der Liste stehen trotzdem alle Besucher.',
  failed: 'Die Karte konnte nicht geladen werden',
  failedWhy: 'In der Liste stehen trotzdem alle Besucher.',
  lost: 'Die Karte hat die Grafikkarte verloren',
  lostWhy: 'Sie kommt von selbst zurück. In der Liste stehen inzwischen alle Besucher.',
  again: 'Noch einmal versuchen',
  data: 'Kartendaten: Natural Earth, GeoNames',
};
