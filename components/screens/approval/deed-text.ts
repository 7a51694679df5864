/** What a deed is called: the question of the screen, and the words on its button. */
import type { Deed, Review } from '@/lib/bus/review';
import { formats, t } from '@/lib/i18n';
import { assetName, briefAmount, partyName } from './facts-text';

export interface DeedText {
  readonly title: string;
  readonly action: string;
}

export function deedText(deed: Deed): DeedText {
  switch (deed.kind) {
    case 'send': {
      const what = briefAmount(deed.amount);
      const title = deed.from === null ? t('approval.title.send', { what }) : t('approval.title.take', { what });
      return { title, action: title };
    }
    case 'allow': {
      const isOne = deed.amount.asset.standard === 'erc721';
      const what = isOne ? briefAmount(deed.amount) : assetName(deed.amount.asset);
      const isAll = deed.amount.bound === 'unlimited';
      const title = isOne ? t('approval.title.allow-one', { what }) : t('approval.title.allow', { what });
      return {
        title,
        action: isAll ? t('approval.action.allow-all') : t('approval.action.allow', { what: briefAmount(deed.amount) }),
      };
    }
    case 'allow-ended':
      return {
        title: t('approval.title.allow-ended', { what: assetName(deed.asset) }),
        action: t('approval.action.allow-ended'),
      };
    case 'allow-collection':
      return {
        title: t('approval.title.allow-collection', { what: partyName(deed.collection) }),
        action: t('approval.action.allow-collection'),
      };
    case 'allow-collection-ended':
      return {
        title: t('approval.title.allow-ended', { what: partyName(deed.collection) }),
        action: t('approval.action.allow-ended'),
      };
    case 'wrap':
    case 'unwrap': {
      const title = t(`approval.title.${deed.kind}`, { what: briefAmount(deed.amount) });
      return { title, action: title };
    }
    case 'swap': {
      const give = deed.give === null ? t('approval.unknown-token') : briefAmount(deed.give);
      const get = deed.get === null ? t('approval.unknown-token') : assetName(deed.get.asset);
      return { title: t('approval.title.swap', { give, get }), action: t('approval.action.swap', { give }) };
    }
    case 'deploy':
      return { title: t('approval.title.deploy'), action: t('approval.action.deploy') };
    case 'described':
      return { title: deed.intent, action: t('approval.action.described') };
    case 'call': {
      const action =
        deed.amount === null
          ? t('approval.action.call')
          : t('approval.action.call-paying', { what: briefAmount(deed.amount) });
      return { title: t('approval.title.call'), action };
    }
    case 'permit': {
      const [first] = deed.amounts;
      const isAll = deed.amounts.some(({ bound }) => bound === 'unlimited');
      const names = formats().list([...new Set(deed.amounts.map(({ asset }) => assetName(asset)))].slice(0, 3));
      const what = isAll || deed.amounts.length > 1 || first === undefined ? names : briefAmount(first);
      return {
        title: t(isAll ? 'approval.title.permit-unlimited' : 'approval.title.permit', { what }),
        action: t('approval.sign-anyway'),
      };
    }
    case 'order': {
      if (deed.many === 'unreadable')
        return { title: t('approval.title.order-unreadable'), action: t('approval.sign-anyway') };
      const what = formats().list(deed.gives.slice(0, 2).map(briefAmount));
      return { title: t('approval.title.order', { what }), action: t('approval.action.order') };
    }
    default:
      return deed satisfies never;
  }
}

export function reviewText(review: Review, host: string): DeedText {
  switch (review.kind) {
    case 'transaction': {
      const [only] = review.deeds;
      if (only !== undefined && review.deeds.length + review.moreDeeds === 1) return deedText(only);
      return {
        title: t('approval.title.batch', { count: review.deeds.length + review.moreDeeds }),
        action: t('approval.action.batch'),
      };
    }
    case 'typed-data': {
      if (review.deed !== null) return deedText(review.deed);
      const what = review.domainName;
      return {
        title: what === null ? t('approval.title.typed-nameless') : t('approval.title.typed', { what }),
        action: t('approval.action.sign'),
      };
    }
    case 'message':
      return { title: t('approval.title.message'), action: t('approval.action.sign') };
    case 'sign-in':
      return {
        title: t('approval.title.sign-in', { what: review.fields.domain || host }),
        action: t('approval.action.sign-in'),
      };
    case 'connect':
      return { title: t('approval.title.connect'), action: t('approval.action.connect', { count: 1 }) };
    case 'watch-asset':
      return {
        title: t('approval.title.watch', { what: assetName(review.asset) }),
        action: t('approval.action.watch'),
      };
    case 'add-chain':
      return {
        title: t('approval.title.add-chain', { what: review.chain.name }),
        action: t('approval.action.add-chain'),
      };
    case 'switch-chain':
      return {
        title: t('approval.title.switch-chain', { what: review.chain.name }),
        action: t('approval.action.switch-chain', { what: review.chain.name }),
      };
    default:
      return review satisfies never;
  }
}
