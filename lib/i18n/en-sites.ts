/** The English texts of connected sites. */
import type { Format } from './format';

export const siteMessages = {
  'sites.title': 'Connected sites',
  'sites.detail': 'Who sees which account',
  'sites.list': 'Sites',
  'sites.empty': 'No site is connected',
  'sites.empty.text': 'A site that you connect stands here, and what it may see.',
  'sites.accounts': ({ count }: { count: number }, f: Format) =>
    f.plural(count, { one: `${f.number(count)} account`, other: `${f.number(count)} accounts` }),
  'sites.no-accounts': 'Sees no account',
  'sites.may-see': 'What it may see',
  'sites.in-use': 'In use there',
  'sites.show': ({ name }: { name: string }) => `Show ${name} to this site`,
  'sites.network': 'Network there',
  'sites.name': 'Its name for the wallet',
  'sites.as-metamask': 'Answer to the name MetaMask',
  'sites.as-metamask.text':
    'For a site that finds no other wallet. Your browser will ask whether the wallet may put this into its pages. Reload the page afterwards.',
  'sites.disconnect': 'Disconnect',
  'sites.disconnect.text': 'It sees nothing afterwards, and what it waits for is refused.',
  'allowances.title': 'Allowances',
  'allowances.detail': 'Who may take what you hold',
  'allowances.text': ({ name }: { name: string }) =>
    `What others may take of ${name}: what was allowed through this wallet, and known tokens to known contracts. There can be more that nobody here knows of.`,
  'allowances.empty': 'Nobody may take anything that is known here',
  'allowances.watched': 'This account is only watched. Its allowances end where its key is.',
  'allowances.unreachable': ({ network }: { network: string }) => `${network} did not answer`,
  'allowances.until': ({ day }: { day: string }) => `until ${day}`,
  'allowances.for': ({ site }: { site: string }) => `for ${site}`,
  'allowances.collection': ({ name }: { name: string }) => `Everything of ${name}`,
  'allowances.ending': 'Ending',
  'allowances.what': 'May take',
  'allowances.who': 'Who',
  'allowances.site': 'Allowed for',
  'allowances.ends': 'Ends by itself',
  'allowances.revoke.title': 'End this allowance?',
  'allowances.revoke.text': ({ who }: { who: string }) =>
    `${who} can take nothing by it afterwards. What was taken before stays taken.`,
  'allowances.revoke': 'End it',
  'allowances.keep': 'Keep it',
};
