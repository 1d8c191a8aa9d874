import type { RequestEntry } from '@foyer/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue, loadTexts } from '../messages/catalogue.ts';
import { csvOf } from '../charts/csv.ts';
import { requestsTable } from './csv.ts';
import {
  askedFilter,
  filterOf,
  type FilterRules,
  hasReads,
  leftOutOf,
  markedChars,
  statusWord,
  storedAs,
  tokenText,
  understand,
} from './request-filter.ts';

const RULES: FilterRules = { seesAddresses: true, ipMask: 'default' };
beforeAll(async () => {
  await loadCatalogue('en');
  await loadTexts(['requests']);
});

describe('terms', () => {
  test.each([
    ['ip:198.51.100', 'ip', '198.51.100'],
    ['198.51.100.23', 'ip', '198.51.100.23'],
    ['2001:DB8:', 'ip', '2001:db8:'],
    ['::1', 'ip', '::1'],
    ['fe80:', 'ip', 'fe80:'],
    ['endpoint: chat.say', 'endpoint', 'chat.say'],
    ['chat.say', 'endpoint', 'chat.say'],
    ['/api/v1/conversations/:id', 'endpoint', '/api/v1/conversations/:id'],
    ['Source:Widget', 'source', 'widget'],
    ['source:fluent support', 'source', 'fluent_support'],
    ['source:all', 'source', 'all'],
    ['source:Dashboard reads', 'source', 'console_read'],
    ['status:4xx', 'status', '4'],
    ['status: 5', 'status', '5'],
    ['country:at', 'country', 'AT'],
    ['country: Germany', 'country', 'DE'],
    ['country:unknown', 'country', 'none'],
  ])('[RL2] %s is understood', (typed, key, value) => {
    expect(understand(typed, RULES)).toEqual({ ok: true, key, value });
  });

  test.each([
    '',
    'hello',
    'ip:',
    'ip:hello',
    '999.1.1.1',
    'ip:256.1',
    'ip:1.2.3.4.5',
    'ip:12345:',
    'ip:...',
    'status:9999',
    'source:',
    'status:404',
    'status:9',
    'source:moon',
    'country:Atlantis',
    `endpoint:${'x'.repeat(201)}`,
    'a:b',
  ])('[RL2] of %s it is said what is wrong', (typed) => {
    const understood = understand(typed, RULES);
    expect(understood.ok).toBe(false);
    if (!understood.ok) expect(understood.problem).not.toBe('');
  });

  test('[RL9] who may not see addresses cannot search by them, and where none are stored nobody can', () => {
    expect(understand('ip:198.51', { ...RULES, seesAddresses: false })).toMatchObject({ ok: false });
    expect(understand('198.51.100.1', { ...RULES, ipMask: 'none-stored' })).toMatchObject({ ok: false });
    expect(filterOf({ ip: '198.51', status: '4' }, { ...RULES, seesAddresses: false })).toEqual({ status: '4' });
  });

  test('[RL2] of an address that says nonsense only the rest is asked', () => {
    expect(filterOf({ ip: '<script>', status: '7', source: 'api', country: 'de', endpoint: '/x', page: '3' }, RULES)).toEqual({
      source: 'api',
      country: 'DE',
      endpoint: '/x',
    });
  });

  test('[RL15] of an address that says nonsense it is said what was left out', () => {
    expect(leftOutOf({ ip: '999.1.1.1', status: '7', source: 'moon', country: 'DE' }, RULES)).toHaveLength(3);
    expect(leftOutOf({ ip: '999.1.1.1' }, { ...RULES, seesAddresses: false })).toEqual([]);
    expect(leftOutOf({ ip: '198.51', source: 'all', after: 'x' }, RULES)).toEqual([]);
  });

  test('[RL14] all sources are asked for in the server’s words', () => {
    expect(askedFilter({ source: 'all', status: '4' })).toEqual({ status: '4', reads: 'true' });
    expect(askedFilter({ source: 'api' })).toEqual({ source: 'api' });
    expect(askedFilter({})).toEqual({});
    expect([{}, { source: 'api' }, { source: 'all' }, { source: 'console_read' }, { endpoint: '/x' }].map(hasReads)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test('[RL2] a token says its term in words', () => {
    expect(tokenText('status', '4')).toBe('status: 4xx');
    expect(tokenText('source', 'ai')).toBe('source: AI');
    expect(tokenText('country', 'none')).toBe('country: Unknown');
    expect(tokenText('country', 'TR')).toBe('country: Türkiye');
  });
});

describe('addresses', () => {
  test('[RL3] what was searched for is marked in what is stored', () => {
    expect(markedChars('198.51.100.0', '198.51.100')).toBe(10);
    expect(markedChars('198.51.100.0', '198.51.100.23')).toBe(10);
    expect(markedChars('2001:db8:1::', '2001:db8:1:2::9')).toBe(10);
    expect(markedChars('2001:db8:1::', '2001:d')).toBe(6);
    expect(markedChars('198.51.100.0', undefined)).toBe(0);
  });

  test('[RL3] a whole address is told apart from the beginning of one', () => {
    expect(storedAs('198.51.100.23', 'default')).toBe('198.51.100.0');
    expect(storedAs('198.51.100.23', 'strong')).toBe('198.51.0.0');
    expect(storedAs('198.51.100', 'default')).toBeNull();
    expect(storedAs('198.51.100', 'strong')).toBe('198.51.');
    expect(storedAs('198.51.100.0', 'default')).toBeNull();
    expect(storedAs('2001:db8:1:2::9', 'default')).toBe('2001:db8:1::');
  });
});

describe('words and files', () => {
  test('[RL1] each status has a word, also one that nobody foresaw', () => {
    expect(statusWord(200)).toBe('OK');
    expect(statusWord(429)).toBe('Too many requests');
    expect(statusWord(418)).toBe('Refused');
    expect(statusWord(599)).toBe('Failed');
  });

  test('[RL8] CSV is quoted by RFC 4180, and no field is a formula', () => {
    const row: RequestEntry = {
      id: '1',
      at: Date.UTC(2026, 10, 21, 12),
      source: 'api',
      endpoint: '=HYPERLINK("x")',
      method: 'POST',
      status: 429,
      latencyMs: 3,
      ip: '198.51.100.0',
      country: 'AT',
      city: 'Say "hi",\nVienna',
      browser: '@sum',
      error: '',
    };
    expect(csvOf(requestsTable([row], true))).toBe(
      '\uFEFFat,source,method,endpoint,status,latencyMs,ip,country,city,browser,error\r\n' +
        '2026-11-21T12:00:00.000Z,api,POST,"\'=HYPERLINK(""x"")",429,3,198.51.100.0,AT,"Say ""hi"",\nVienna",\'@sum,\r\n',
    );
    expect(csvOf(requestsTable([row], false)).split('\r\n')[0]).not.toContain('ip');
  });
});
