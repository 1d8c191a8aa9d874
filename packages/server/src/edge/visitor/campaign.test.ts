import { expect, it } from 'vitest';
import { campaignOf, hostOf, withoutCampaign } from './campaign.ts';

it.each([
  ['https://a.test/p?utm_source=mail&utm_campaign=spring&utm_medium=email', 'spring · mail · email'],
  ['https://a.test/p?utm_source=mail#/x?utm_campaign=no', 'mail'],
  ['https://a.test/p?color=red;utm_source=mail', 'mail'],
  ['https://a.test/p?utm_source=+&utm_term=x', ''],
  ['https://a.test/p', ''],
  ['', ''],
])('[WS8] the campaign of %s is "%s"', (url, campaign) => {
  expect(campaignOf(url)).toBe(campaign);
});

it('[WS8] a campaign is at most 200 characters long', () => {
  expect(campaignOf(`https://a.test/?utm_source=${'x'.repeat(900)}`)).toHaveLength(200);
});

it.each([
  ['https://a.test/p?utm_source=mail', 'https://a.test/p'],
  ['https://a.test/p?utm_source=mail&color=red&utm_medium=x', 'https://a.test/p?color=red'],
  ['https://a.test/p?color=red;utm_source=x;size=2', 'https://a.test/p?color=red;size=2'],
  ['https://a.test/p?utm_source=mail#/route', 'https://a.test/p#/route'],
  ['https://a.test/#/route?utm_source=mail&color=red', 'https://a.test/#/route?color=red'],
  ['https://a.test/p?color=red', 'https://a.test/p?color=red'],
  ['https://a.test/p', 'https://a.test/p'],
])('[WS8] without its campaign %s is %s', (url, page) => {
  expect(withoutCampaign(url)).toBe(page);
});

it.each([
  ['https://www.Shop.test:8443/a', 'shop.test'],
  ['http://shop.test?x', 'shop.test'],
  ['HTTP://WWW.Google.COM./x', 'google.com'],
  ['https://[::1]:99/x', '[::1]'],
  ['android-app://com.google.android.googlequicksearchbox/', 'com.google.android.googlequicksearchbox'],
  ['shop.test', ''],
  ['', ''],
])('[WS10] the host of "%s" is "%s"', (url, host) => {
  expect(hostOf(url)).toBe(host);
});
