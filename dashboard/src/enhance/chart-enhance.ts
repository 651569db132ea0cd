/** Replaces a drawn chart by an interactive one on the first sign of interest; until then nothing is loaded. */
class ChartEnhance extends HTMLElement {
  connectedCallback(): void {
    const figure = this.querySelector('figure');
    if (figure === null) return;
    figure.tabIndex = 0;
    figure.setAttribute('aria-label', `${this.dataset['name'] ?? 'Chart'} over time. Left and right arrow keys read its points.`);
    const start = () => {
      for (const type of ['pointerenter', 'focusin', 'touchstart']) figure.removeEventListener(type, start);
      import('./draw-chart.ts').then(({ drawChart }) => drawChart(this)).catch(() => this.setAttribute('data-failed', ''));
    };
    for (const type of ['pointerenter', 'focusin', 'touchstart']) figure.addEventListener(type, start, { passive: true });
  }
}

if (customElements.get('chart-enhance') === undefined) customElements.define('chart-enhance', ChartEnhance);
