import type { SiteMessages } from '../language';

export const sites: SiteMessages = {
  'sites.title': '已连接的网站',
  'sites.detail': '谁能看到哪个账户',
  'sites.list': '网站',
  'sites.empty': '没有连接任何网站',
  'sites.empty.text': '您连接的网站会显示在这里，以及它能看到的内容。',
  'sites.accounts': ({ count }, f) => `${f.number(count)} 个账户`,
  'sites.no-accounts': '看不到任何账户',
  'sites.may-see': '它能看到的内容',
  'sites.in-use': '正在使用',
  'sites.show': ({ name }) => `向该网站显示${name}`,
  'sites.network': '该网站的网络',
  'sites.name': '它如何称呼钱包',
  'sites.as-metamask': '以 MetaMask 之名应答',
  'sites.as-metamask.text':
    '适用于找不到其他钱包的网站。浏览器会询问是否允许钱包把它放进该网站的页面。之后请刷新页面。',
  'sites.disconnect': '断开连接',
  'sites.disconnect.text': '之后它什么也看不到，它正在等待的请求会被拒绝。',
};
