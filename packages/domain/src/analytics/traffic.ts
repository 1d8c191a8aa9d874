/** How a visit came, told by its first page and referrer. */
export const TRAFFIC = ['direct', 'search', 'social', 'mail', 'assistant', 'website', 'campaign'] as const;
export type Traffic = (typeof TRAFFIC)[number];

const SEARCH = /^(google|yahoo|yandex|bing|baidu|duckduckgo|ecosia|qwant|startpage|seznam|naver|sogou|kagi)(\.[a-z]{2,3}){1,2}$/;
/** Hosts as they stand in referrers, without `www.` and the like. */
const KNOWN = new Map<string, Traffic>([
  ...(['search.brave.com', 'search.yahoo.com', 'search.yahoo.co.jp', 'search.naver.com', 'search.seznam.cz', 'so.com'] as const).map(
    (host) => [host, 'search'] as const,
  ),
  // Apps, by the name they refer with.
  ['com.google.android.googlequicksearchbox', 'search'],
  ['com.google.android.gm', 'mail'],
  ['com.microsoft.office.outlook', 'mail'],
  ['com.openai.chatgpt', 'assistant'],
  ...(
    [
      ...['com.facebook.katana', 'com.facebook.orca', 'com.instagram.android', 'com.twitter.android', 'com.linkedin.android'],
      ...['com.reddit.frontpage', 'com.pinterest', 'org.telegram.messenger', 'com.whatsapp', 'com.google.android.youtube'],
    ] as const
  ).map((app) => [app, 'social'] as const),
  ...(
    [
      ...['facebook.com', 'instagram.com', 'threads.net', 'threads.com', 'twitter.com', 'x.com', 't.co', 'linkedin.com', 'lnkd.in'],
      ...['reddit.com', 'old.reddit.com', 'out.reddit.com', 'youtube.com', 'youtu.be', 'pinterest.com', 'tiktok.com', 'bsky.app'],
      ...['go.bsky.app', 'mastodon.social', 'snapchat.com', 'vk.com', 'weibo.com', 'xing.com', 'quora.com', 't.me', 'web.telegram.org'],
      ...['web.whatsapp.com', 'wa.me', 'discord.com', 'news.ycombinator.com', 'tumblr.com', 'messenger.com'],
    ] as const
  ).map((host) => [host, 'social'] as const),
  ...(
    [
      ...['mail.google.com', 'outlook.live.com', 'outlook.office.com', 'outlook.office365.com', 'mail.yahoo.com', 'mail.proton.me'],
      ...['mail.gmx.net', 'navigator.web.de', 'mail.aol.com', 'mail.zoho.com', 'mail.ru', 'e.mail.ru', 'icloud.com'],
    ] as const
  ).map((host) => [host, 'mail'] as const),
  ...(
    [
      ...['chatgpt.com', 'chat.openai.com', 'perplexity.ai', 'claude.ai', 'gemini.google.com', 'copilot.microsoft.com'],
      ...['chat.mistral.ai', 'chat.deepseek.com', 'grok.com', 'meta.ai', 'you.com', 'phind.com'],
    ] as const
  ).map((host) => [host, 'assistant'] as const),
]);

/**
 * A link that names its campaign is one, wherever it stood; then the host that linked here says it; without any it is direct. Hosts are
 * known by name: what is none of them is a website.
 */
export function trafficOf({ referrerHost, campaign }: { readonly referrerHost: string; readonly campaign: string }): Traffic {
  if (campaign !== '') return 'campaign';
  if (referrerHost === '') return 'direct';
  const host = referrerHost.toLowerCase().replace(/:\d+$/, '');
  const bare = host.replace(/^(www|m|l|lm|mobile|amp|[a-z]{2})\./, '');
  return KNOWN.get(host) ?? KNOWN.get(bare) ?? (SEARCH.test(bare) ? 'search' : 'website');
}
