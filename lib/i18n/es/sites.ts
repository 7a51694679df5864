import type { SiteMessages } from '../language';

export const sites: SiteMessages = {
  'sites.title': 'Sitios conectados',
  'sites.detail': 'Quién ve qué cuenta',
  'sites.list': 'Sitios',
  'sites.empty': 'Ningún sitio está conectado',
  'sites.empty.text': 'Aquí aparece cada sitio que conectes y lo que puede ver.',
  'sites.accounts': ({ count }, f) =>
    f.plural(count, { one: `${f.number(count)} cuenta`, other: `${f.number(count)} cuentas` }),
  'sites.no-accounts': 'No ve ninguna cuenta',
  'sites.may-see': 'Lo que puede ver',
  'sites.in-use': 'En uso allí',
  'sites.show': ({ name }) => `Mostrar ${name} a este sitio`,
  'sites.network': 'Red allí',
  'sites.name': 'El nombre que da a la cartera',
  'sites.as-metamask': 'Responder al nombre MetaMask',
  'sites.as-metamask.text':
    'Para un sitio que no encuentra otra cartera. El navegador preguntará si la cartera puede poner esto en sus páginas. Después, recarga la página.',
  'sites.disconnect': 'Desconectar',
  'sites.disconnect.text': 'Después no ve nada, y lo que espera se rechaza.',
};
