/** Answers any message, opens a window for one, and does nothing else. */
chrome.runtime.onMessage.addListener((message, _sender, answer) => {
  if (message === 'window') chrome.windows.create({ type: 'popup', url: 'popup.html', width: 360, height: 640 });
  answer({});
});
