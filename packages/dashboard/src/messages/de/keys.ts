import type { Messages } from '../messages.ts';

export const keys: Messages['keys'] = {
  title: 'Tastenkürzel',
  enter: 'Enter',
  home: 'Pos1',
  end: 'Ende',
  control: 'Strg',
  then: 'dann',
  or: 'oder',
  everywhere: 'Überall',
  inTheList: 'Liste der Besucher',
  search: 'Suchen oder springen',
  help: 'Diese Liste',
  goTo: (page) => `Gehe zu ${page}`,
  filter: 'Filtern',
  move: 'Durch die Liste gehen',
  ends: 'Neuester, ältester',
  open: 'Den Besucher öffnen',
  close: 'Schließen, was offen ist',
  fromFilter: 'Vom Filter in die Liste',
};
