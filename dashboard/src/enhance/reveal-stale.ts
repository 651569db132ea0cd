// The page accuses itself: a static site cannot know that nobody rebuilt it, its reader's clock can.
const banner = document.querySelector<HTMLElement>('[data-expected-by]');
if (banner !== null && Date.now() > Date.parse(banner.dataset['expectedBy'] ?? '')) banner.hidden = false;
