/** The one style sheet of the pages: light or dark by the system, no script, no font from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #373e47); --soft: light-dark(#f6f8fa, #1c2128); --quiet: light-dark(#59636e, #9aa4af);
  --good: light-dark(#1a7f37, #4ac26b); --bad: light-dark(#c32029, #ff7b72); --wait: light-dark(#8a5a00, #e3b341); --link: light-dark(#0757c2, #79b8ff); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.55 system-ui, sans-serif; background: Canvas; color: CanvasText; overflow-wrap: anywhere; }
body > header { padding: .75rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--soft); display: flex; gap: 1.25rem; flex-wrap: wrap; align-items: baseline; }
main { max-width: 62rem; margin: 0 auto; padding: 1.25rem; }
a { color: var(--link); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
/* Words stay whole in cells: a table that is too wide scrolls. */
th, td { overflow-wrap: break-word; text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
article td, article th { border: 1px solid var(--line); padding: .3rem .6rem; }
article { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; }
article > header { padding: .4rem 1rem; background: var(--soft); border-bottom: 1px solid var(--line); color: var(--quiet); border-radius: .5rem .5rem 0 0; }
article > div { padding: .25rem 1rem; }
pre { background: var(--soft); padding: .75rem; overflow-x: auto; border-radius: .4rem; font-size: 13px; line-height: 1.45; }
pre.log { max-height: 34rem; overflow-y: auto; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
.quiet { color: var(--quiet); } .good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.state { display: inline-block; padding: .1rem .6rem; border: 1px solid currentColor; border-radius: 1rem; font-weight: 600; font-size: .85rem; }
.label { display: inline-block; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .8rem; }
ins { text-decoration: none; color: var(--good); } del { text-decoration: none; color: var(--bad); }
li.task { list-style: none; }
button { font: inherit; font-weight: 600; padding: .5rem 1.1rem; border-radius: .4rem; border: 1px solid var(--line); cursor: pointer; }
button:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
`;
