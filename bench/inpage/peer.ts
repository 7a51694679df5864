/** The peer of the inpage script: the provider of MetaMask's packages, put into a page as its own script does it. */
import { WindowPostMessageStream } from '@metamask/post-message-stream';
import { initializeProvider } from '@metamask/providers';

initializeProvider({
  connectionStream: new WindowPostMessageStream({ name: 'metamask-inpage', target: 'metamask-contentscript' }) as never,
  providerInfo: {
    uuid: '350670db-19fa-4704-a166-e52e178b59d2',
    name: 'Peer',
    icon: 'data:image/svg+xml,',
    rdns: 'example.peer',
  },
  shouldSetOnWindow: true,
});
