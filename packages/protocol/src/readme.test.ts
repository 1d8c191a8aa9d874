import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CLOSE, type CloseAdvice } from './close.ts';
import { CITY_ORDER, type ConsoleDown, ConsoleUp, type Row, SORTS, STATUSES, type Totals } from './console.ts';
import { LIMITS } from './limits.ts';
import type { Place } from './rest.ts';
import { CONTEXT_KINDS, type PollAnswer, type VisitorDown, VisitorPost, VisitorUp } from './visitor.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/^```json (\w+)\n(.*)\n```$/gm)].map(([, kind = '', text = '']) => ({ kind, text }));
const of = (kind: string) => examples.filter((example) => example.kind === kind);

type Down = VisitorDown | ConsoleDown;
/** Every frame from the server and its fields, as the types have them: the compiler keeps both tables whole. */
const fieldsOf: { [T in Down['t']]: { [F in keyof Required<Extract<Down, { t: T }>>]: 'always' | 'maybe' } } = {
  welcome: {
    t: 'always',
    v: 'always',
    tracking: 'always',
    consent: 'always',
    storage: 'always',
    signals: 'always',
    params: 'always',
    keep: 'always',
    hash: 'always',
    chat: 'maybe',
    retry: 'always',
  },
  you: { t: 'always', secret: 'maybe', visitor: 'always', visit: 'always', resume: 'always' },
  resume: { t: 'always', token: 'always' },
  stored: { t: 'always', n: 'always' },
  closed: { t: 'always', code: 'always', reason: 'always' },
  hello: { t: 'always', v: 'always', epoch: 'always', now: 'always', me: 'always', retry: 'always' },
  view: { t: 'always', view: 'always', now: 'always', counting: 'maybe', totals: 'maybe', cities: 'maybe', rows: 'maybe' },
  detail: { t: 'always', view: 'always', now: 'always', detail: 'always' },
  past: { t: 'always', view: 'always', now: 'always', set: 'always' },
  refused: { t: 'always', view: 'always', code: 'always', message: 'always' },
  changed: { t: 'always', what: 'always' },
  colleagues: { t: 'always', now: 'always', full: 'maybe', set: 'always' },
};
const rowFields: { [F in keyof Row]: true } = {
  id: true,
  visitor: true,
  n: true,
  name: true,
  site: true,
  status: true,
  waitingSince: true,
  online: true,
  reconnecting: true,
  country: true,
  region: true,
  city: true,
  place: true,
  approximate: true,
  title: true,
  url: true,
  referrer: true,
  campaign: true,
  lang: true,
  browser: true,
  os: true,
  device: true,
  context: true,
  goals: true,
  pages: true,
  startedAt: true,
  lastActivityAt: true,
  leftAt: true,
  visits: true,
  filtered: true,
};
const totalsFields: { [F in keyof Totals]: true } = {
  listed: true,
  live: true,
  chatting: true,
  browsing: true,
  unknownPlace: true,
  byStatus: true,
  browsers: true,
  systems: true,
  devices: true,
  countries: true,
  pages: true,
  referrers: true,
  exact: true,
};

function checkDown(frame: Down): void {
  const fields: Record<string, 'always' | 'maybe'> = fieldsOf[frame.t];
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(frame)));
  for (const [field, when] of Object.entries(fields)) if (when === 'always') expect(frame, frame.t).toHaveProperty(field);
  if (frame.t !== 'view') return;
  if (frame.totals?.full) expect(Object.keys(frame.totals.set).sort()).toEqual(Object.keys(totalsFields).sort());
  for (const counts of frame.cities?.set ?? []) {
    expect(counts.length).toBeLessThanOrEqual(1 + CITY_ORDER.length);
    expect(counts.length === 1 || counts.at(-1) !== 0).toBe(true);
  }
  for (const row of Object.values(frame.rows?.full ? (frame.rows.set ?? {}) : {}))
    expect(Object.keys(row).sort()).toEqual(Object.keys(rowFields).sort());
}

describe('the page that describes the wire', () => {
  it('[WS26] has an example of every frame a tab may say, and each is one', () => {
    const said = of('up').map(({ text }) => v.parse(VisitorUp, JSON.parse(text)).t);
    expect([...new Set(said)].sort()).toEqual(['act', 'bye', 'context', 'goal', 'hello', 'identify', 'page', 'state', 'title']);
  });

  it('[WS26] has posts and answers that are ones', () => {
    for (const { text } of of('post')) v.parse(VisitorPost, JSON.parse(text));
    for (const { text } of of('answer')) {
      const answer = JSON.parse(text) as PollAnswer;
      expect(Object.keys(answer)).toEqual(['sid', 'frames']);
      for (const frame of answer.frames) checkDown(frame as VisitorDown);
    }
    expect([of('post').length, of('answer').length]).toEqual([3, 1]);
  });

  it('[WS26] has an example of every frame a console may say, and each is one', () => {
    const said = of('console').map(({ text }) => v.parse(ConsoleUp, JSON.parse(text)).t);
    expect([...new Set(said)].sort()).toEqual(['again', 'close', 'follow', 'open', 'past', 'window']);
  });

  it('[WS26] has an example of every frame from the server, with the fields that the types have', () => {
    const frames = of('down').map(({ text }) => JSON.parse(text) as Down);
    frames.forEach(checkDown);
    expect([...new Set(frames.map(({ t }) => t))].sort()).toEqual(Object.keys(fieldsOf).sort());
    const place: { [F in keyof Place]: true } = {
      index: true,
      id: true,
      city: true,
      region: true,
      country: true,
      lat: true,
      lon: true,
      approximate: true,
    };
    for (const { text } of of('places'))
      expect(Object.keys((JSON.parse(text) as { places: Place[] }).places[0]!)).toEqual(Object.keys(place));
  });

  it('[WS26] has no other example: each is of a kind that is checked', () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(['advice', 'answer', 'console', 'down', 'places', 'post', 'up']));
    expect(examples).toHaveLength([...readme.matchAll(/^```json/gm)].length);
  });

  it('[WS26] has every close code with its name and advice', () => {
    const rows = [...readme.matchAll(/^\| (\d{4}) \| `(\w+)` \| (\w+) \|/gm)].map(([, code, name, retry]) => ({
      code: Number(code),
      name,
      retry,
    }));
    expect(rows).toEqual(Object.values(CLOSE));
    for (const { text } of of('advice')) expect(Object.keys(JSON.parse(text) as CloseAdvice)).toEqual(['code', 'minMs', 'maxMs']);
  });

  it('[WS26] names every sort, status, kind of page, and the limits as they are', () => {
    for (const word of [...SORTS, ...STATUSES, ...CONTEXT_KINDS]) expect(readme).toContain(`\`${word}\``);
    expect(readme).toContain(CITY_ORDER.map((status) => `\`${status}\``).join(', '));
    for (const limit of [LIMITS.maxFrameBytes, LIMITS.maxConsoleFrameBytes, LIMITS.urlChars])
      expect(readme).toContain(limit.toLocaleString('en'));
    expect(readme).toContain(`| rows before and after an anchor | ${LIMITS.windowRows} each |`);
    expect(readme).toContain(`| views and follows of a console | ${LIMITS.viewsPerConsole} |`);
    expect(readme).toContain(`| page views resent | ${LIMITS.unstoredPages} |`);
  });
});
