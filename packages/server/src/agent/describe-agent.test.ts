import type { Hints } from '@foyer/protocol';
import { describe, expect, it } from 'vitest';
import { describeAgent } from './describe-agent.ts';

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
const WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`;
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const IPHONE = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${WEBKIT}`;

/** `browser version · os version · device` */
const said = (userAgent: string, hints?: Hints): string => {
  const { browser, browserVersion, os, osVersion, device } = describeAgent(userAgent, hints);
  return [`${browser} ${browserVersion}`, `${os} ${osVersion}`, device].map((part) => part.trim()).join(' · ');
};

describe('what a browser is', () => {
  it.each([
    ['Chrome 140 · Windows 10 or 11 · desktop', WINDOWS],
    ['Edge 140 · Windows 10 or 11 · desktop', `${WINDOWS} Edg/140.0.0.0`],
    ['Firefox 143 · Windows 10 or 11 · desktop', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'],
    ['Opera 122 · Linux · desktop', `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36 OPR/122.0.0.0`],
    ['Vivaldi 7.5 · Windows 10 or 11 · desktop', `${WINDOWS} Vivaldi/7.5`],
    [
      'Yandex 25.8 · Windows 10 or 11 · desktop',
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36`,
    ],
    ['Safari 18.5 · macOS · desktop', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.5 Safari/605.1.15`],
    ['Safari 12.1 · macOS 10.14 · desktop', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) ${WEBKIT} Version/12.1.2 Safari/605.1.15`],
    ['Chrome 140 · ChromeOS · desktop', `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`],
    ['Firefox 143 · Linux · desktop', 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'],
    ['Internet Explorer 11 · Windows 10 or 11 · desktop', 'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko'],
    [
      'Chrome 109 · Windows 7 · desktop',
      'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36',
    ],
    ['Safari 18.5 · iOS 18.5 · phone', `${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`],
    ['Chrome 140 · iOS 18.5 · phone', `${IPHONE} CriOS/140.0.7339.122 Mobile/15E148 Safari/604.1`],
    ['Firefox 143 · iOS 18.5 · phone', `${IPHONE} FxiOS/143.0 Mobile/15E148 Safari/605.1.15`],
    ['Edge 138 · iOS 18.5 · phone', `${IPHONE} Version/17.5 EdgiOS/138.0.3351.83 Mobile/15E148 Safari/605.1.15`],
    ['Google app 380 · iOS 18.5 · phone', `${IPHONE} GSA/380.0.788317806 Mobile/15E148 Safari/604.1`],
    [
      'Instagram 390 · iOS 18.5 · phone',
      `${IPHONE} Mobile/22F76 Instagram 390.0.0.28.78 (iPhone14,5; iOS 18_5; de_DE; de; scale=3.00; 1170x2532; 755)`,
    ],
    [
      'Facebook 520 · iOS 18.5 · phone',
      `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/757093747;FBDV/iPhone13,2;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBCR/;FBID/phone;FBLC/de_DE;FBOP/80]`,
    ],
    [
      'Safari 17.5 · iPadOS 17.5 · tablet',
      `Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) ${WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1`,
    ],
    ['Chrome 140 · Android · phone', `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`],
    ['Chrome 140 · Android · tablet', `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Safari/537.36`],
    ['Firefox 143 · Android 15 · phone', 'Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0'],
    [
      'Samsung Internet 28 · Android 14 · phone',
      'Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    ],
    [
      'Android WebView 139 · Android 14 · phone',
      'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/139.0.0.0 Mobile Safari/537.36',
    ],
    [
      'UC Browser 13.4 · Android 11 · phone',
      'Mozilla/5.0 (Linux; Android 11; M2103K19G) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0 UCBrowser/13.4 Mobile Safari/537.36',
    ],
    [
      'Samsung Internet · Tizen 7 · tv',
      'Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36',
    ],
    ['Safari 15.4 · PlayStation 5 · console', `Mozilla/5.0 (PlayStation; PlayStation 5/6.50) ${WEBKIT} Version/15.4 Safari/605.1.15`],
    [
      'Chrome 140 · Linux · desktop',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36',
    ],
    [' ·  · ', ''],
    [' ·  · ', 'no browser anybody knows'],
  ])('[AG1] %s', (expected, userAgent) => {
    expect(said(userAgent)).toBe(expected);
  });

  it.each<[string, string, Hints]>([
    [
      'Chrome 140 · Windows 11 · desktop',
      WINDOWS,
      {
        brands: [
          ['Chromium', '140.0.1'],
          ['Not=A?Brand', '24.0.0.0'],
          ['Google Chrome', '140.0.1'],
        ],
        platform: 'Windows',
        platformVersion: '15.0.0',
        mobile: false,
      },
    ],
    ['Chrome 140 · Windows 11 · desktop', WINDOWS, { platform: 'Windows', platformVersion: '13.0.0' }],
    ['Chrome 140 · Windows 10 · desktop', WINDOWS, { platform: 'Windows', platformVersion: '10.0.0' }],
    ['Chrome 140 · Windows 10 or 11 · desktop', WINDOWS, { platform: 'Windows', platformVersion: '' }],
    [
      'Brave 140 · Windows 10 or 11 · desktop',
      WINDOWS,
      {
        brands: [
          ['Brave', '140'],
          ['Chromium', '140'],
        ],
      },
    ],
    [
      'Edge 141 · Windows 10 or 11 · desktop',
      WINDOWS,
      {
        brands: [
          ['Chromium', '140'],
          ['Microsoft Edge', '141'],
          ['Google Chrome', '140'],
        ],
      },
    ],
    [
      'Opera 122 · Windows 10 or 11 · desktop',
      WINDOWS,
      {
        brands: [
          ['Opera GX', '122'],
          ['Chromium', '138'],
        ],
      },
    ],
    [
      'Chromium 140 · Windows 10 or 11 · desktop',
      WINDOWS,
      {
        brands: [
          ['Chromium', '140'],
          ['Not;A Brand', '99'],
        ],
      },
    ],
    ['Chrome 140 · Windows 10 or 11 · desktop', WINDOWS, { brands: [['<b>Best browser</b>', '1']] }],
    [
      'Vivaldi 7.5 · Windows 10 or 11 · desktop',
      `${WINDOWS} Vivaldi/7.5`,
      {
        brands: [
          ['Chromium', '138'],
          ['Google Chrome', '138'],
        ],
      },
    ],
    [
      'Chrome 140 · macOS 15.5 · desktop',
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Safari/537.36`,
      { platform: 'macOS', platformVersion: '15.5.0', mobile: false },
    ],
    [
      'Chrome 140 · Android 16 · phone',
      `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`,
      { platform: 'Android', platformVersion: '16.0.0', model: 'Pixel 9', mobile: true },
    ],
    [
      'Chrome 140 · Android 14 · tablet',
      `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`,
      { platform: 'Android', platformVersion: '14', mobile: false },
    ],
    [
      'Chrome 140 · ChromeOS 16093 · desktop',
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`,
      { platform: 'Chrome OS', platformVersion: '16093.0.0', mobile: false },
    ],
    [
      'Chrome 140 · Linux · desktop',
      `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`,
      { platform: 'Linux', platformVersion: '6.14.0', mobile: false },
    ],
    ['Chrome 140 · Windows 10 or 11 · desktop', WINDOWS, { platform: 'TempleOS', platformVersion: '5' }],
    ['Chrome 140 · Windows 10 or 11 · desktop', WINDOWS, {}],
  ])('[AG2] %s, as its hints say', (expected, userAgent, hints) => {
    expect(said(userAgent, hints)).toBe(expected);
  });

  it('[AG3] a user agent of 16,000 characters is read as its beginning, at once', () => {
    expect(said(`${WINDOWS} ${'Edg/'.repeat(4_000)}`)).toMatch(/ · Windows 10 or 11 · desktop$/);
  });

  it('[AG3] one that was seen before is answered from memory, and memory is bounded', () => {
    const first = describeAgent(WINDOWS);
    expect(describeAgent(WINDOWS)).toBe(first);
    for (let i = 0; i < 5_000; i++) describeAgent(`Mozilla/5.0 (X11; Linux x86_64; rv:${i}.0) Gecko/20100101 Firefox/${i}.0`);
    expect(describeAgent(WINDOWS)).not.toBe(first);
    expect(describeAgent(WINDOWS)).toEqual(first);
  });
});
