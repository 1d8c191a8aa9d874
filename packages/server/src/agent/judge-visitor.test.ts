import { type LeftOutReason, leftOutRule } from '@foyer/protocol';
import { describe, expect, it } from 'vitest';
import { judgeVisitor } from './judge-visitor.ts';

type Judged = Parameters<typeof judgeVisitor>[0];

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const HEADLESS = CHROME.replace('Chrome/', 'HeadlessChrome/');
const SAFARI = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
const reasonsOf = (of: Partial<Judged>): readonly LeftOutReason[] =>
  judgeVisitor({ userAgent: CHROME, acceptLanguage: 'de', auto: false, countAutomated: false, ...of });
const judge = (of: Partial<Judged>): string => reasonsOf(of)[0]?.text ?? '';

const CRAWLERS: [string, string][] = [
  ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  [
    'Googlebot',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/140.0.0.0 Safari/537.36',
  ],
  ['bingbot', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
  ['GPTBot', 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot'],
  ['facebookexternalhit', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
  ['UptimeRobot', 'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)'],
  ['Chrome-Lighthouse', `${CHROME} Chrome-Lighthouse`],
  ['Chrome-Lighthouse', `${HEADLESS} Chrome-Lighthouse`],
];

describe('who is a visitor', () => {
  it.each([
    CHROME,
    SAFARI,
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/380.0.788317806 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/139.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 13; CUBOT_X70) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  ])('[AG4] %s is', (userAgent) => {
    expect(judge({ userAgent })).toBe('');
  });

  it.each(CRAWLERS)('[AG5] %s is not, whatever the site counts', (name, userAgent) => {
    expect(judge({ userAgent })).toBe(`Bot: ${name}`);
    expect(judge({ userAgent, countAutomated: true })).toBe(`Bot: ${name}`);
  });

  it.each<[string, Partial<Judged>]>([
    ['Automated browser', { auto: true }],
    ['Headless browser', { userAgent: HEADLESS }],
    ['Headless browser', { userAgent: HEADLESS, auto: true }],
    [
      'Headless browser',
      {
        hints: {
          brands: [
            ['HeadlessChrome', '140'],
            ['Chromium', '140'],
          ],
        },
      },
    ],
    [
      'Headless browser',
      { userAgent: 'Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1' },
    ],
    ['Script: curl', { userAgent: 'curl/8.5.0' }],
    ['Script: python-requests', { userAgent: 'python-requests/2.31.0' }],
    ['Script: node', { userAgent: 'node' }],
    ['Script: no user agent', { userAgent: '' }],
    ['Script: no user agent', { userAgent: '  ' }],
    ['Automated browser (no language)', { acceptLanguage: '' }],
  ])('[AG6] %s is not, unless the site counts automated browsers', (reason, of) => {
    expect(judge(of)).toBe(reason);
    expect(judge({ ...of, countAutomated: true })).toBe('');
  });

  it('[AG6] WebKit, whose sockets send no language, is not taken for a program', () => {
    expect(judge({ userAgent: SAFARI, acceptLanguage: '' })).toBe('');
  });

  it('[AG5] a reason is short and plain whatever a crawler calls itself', () => {
    const reason = judge({ userAgent: `Mozilla/5.0 (compatible; <script>"${'x'.repeat(200)}bot"</script>; +http://x.test)` });
    expect(reason).toMatch(/^Bot: [\w .-]{1,40}$/);
  });

  it('[AG7] every rule that holds is named, the one that decides first, each by its code and its words', () => {
    expect(reasonsOf({ userAgent: HEADLESS, auto: true, acceptLanguage: '' }).map(({ rule }) => rule)).toEqual([
      'headless',
      'automated',
      'no_language',
    ]);
    expect(reasonsOf({ auto: true, acceptLanguage: '' }).map(({ rule }) => rule)).toEqual(['automated', 'no_language']);
    expect(reasonsOf({ userAgent: `${HEADLESS} Chrome-Lighthouse`, auto: true })).toEqual([
      { rule: 'bot:chrome-lighthouse', text: 'Bot: Chrome-Lighthouse' },
      { rule: 'headless', text: 'Headless browser' },
      { rule: 'automated', text: 'Automated browser' },
    ]);
    expect(reasonsOf({ userAgent: 'curl/8.5.0' })).toEqual([{ rule: 'script:curl', text: 'Script: curl' }]);
    expect(reasonsOf({ userAgent: '', auto: true }).map(({ rule }) => rule)).toEqual(['automated', 'no_user_agent']);
    for (const [, userAgent] of CRAWLERS) for (const { rule, text } of reasonsOf({ userAgent })) expect(leftOutRule(text)).toBe(rule);
  });
});
