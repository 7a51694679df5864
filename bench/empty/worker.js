/** Answers any message, and does nothing else. */
chrome.runtime.onMessage.addListener((_message, _sender, answer) => answer({}));
