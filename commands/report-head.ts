/** The content security policy of the page: the browser refuses whatever would be loaded from elsewhere. */
const policy =
  '<meta http-equiv="Content-Security-Policy" content="' +
  "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob:\">";

/**
 * The styles that keep attachments readable. On a telephone, Allure's rows of a step and of its exchange would leave
 * room for a few letters only: they wrap, and so do addresses, which are long words. Of a text in Markdown Allure would
 * show the first few lines.
 */
const pageStyle = `<meta name="viewport" content="width=device-width, initial-scale=1"><style>
pre, pre code { overflow-wrap: anywhere !important; }
[data-testid="markdown-attachment-preview"] iframe { height: 70vh; }
@media (max-width: 600px) {
  [data-testid="test-result-step-header"], [data-testid="test-result-attachment-header"] { flex-wrap: wrap; }
  [data-testid="test-result-step-title"] { flex: 1 1 60%; overflow-wrap: anywhere; }
  [data-testid="test-result-step-content"], [data-testid="test-result-step-content"] div { padding-left: 0; }
  [data-testid="test-result-attachment-header"] > button { flex: 1 0 100%; }
  [data-testid="http-attachment-content"] [class*="http-attachment__summary"] { display: flex; flex-wrap: wrap; }
  [data-testid="http-attachment-content"] [class*="http-attachment__url"] { flex: 1 1 60%; overflow-wrap: anywhere; }
  [data-testid="http-attachment-content"] [class*="http-attachment__table"] td { overflow-wrap: anywhere; }
}
</style>`;

/**
 * Allure opens its tree at the first test, below the head of the page; until a reader moves it, it stays at the top.
 */
const stayAtTop = `<script>{
let isMoved = false;
for (const kind of ['wheel', 'pointerdown', 'keydown', 'touchstart']) addEventListener(kind, () => { isMoved = true; }, true);
addEventListener('scroll', ({ target }) => { if (!isMoved && target.scrollTop > 0) target.scrollTop = 0; }, true);
}</script>`;

/** The additions to the head of Allure's page. */
export const reportHead = policy + pageStyle + stayAtTop;
