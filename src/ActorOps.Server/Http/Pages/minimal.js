'use strict';
// Renews the parts marked data-live every 2 s and leaves forms alone. Where scripts are off, the page loads itself again instead.
const age = document.getElementById('age');
let renewedAt = performance.now();
let trouble = '';
let isSilent = false;

function tell() {
  const seconds = Math.round((performance.now() - renewedAt) / 1000);
  const isOld = trouble !== '' || seconds > 4;
  age.hidden = !isOld;
  document.body.classList.toggle('old', isOld);
  const advice = isSilent ? ' What is true now is unknown. Desks stop adding risk when their permits end (3 s). To trip, on the machine of a node: actorops kill --now' : '';
  const text = isOld ? `This page is ${seconds} s old. ${trouble || 'The node does not answer.'}${advice}` : '';
  if (isSilent) document.title = 'UNKNOWN · ActorOps';
  if (age.textContent !== text) age.textContent = text;
}

function isSelecting() {
  const selection = document.getSelection();
  const anchor = selection.anchorNode;
  return !selection.isCollapsed && anchor !== null && (anchor.parentElement ?? anchor).closest('[data-live]') !== null;
}

async function renew() {
  if (isSelecting()) {
    trouble = 'Updates wait while text is selected.';
    return;
  }

  const answer = await fetch('/minimal?part=live', { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(4000) });
  const text = await answer.text();
  const next = new DOMParser().parseFromString(text, 'text/html');
  const parts = next.querySelectorAll('[data-live]');
  if (answer.status === 401 || parts.length === 0) {
    trouble = answer.status === 401 ? 'Your session has ended: log in again.' : `The node answered with status ${answer.status}.`;
    return;
  }

  for (const part of parts) document.getElementById(part.id)?.replaceChildren(...part.childNodes);
  document.title = next.title;
  renewedAt = performance.now();
  trouble = '';
  isSilent = false;
}

async function run() {
  try {
    await renew();
  } catch {
    trouble = 'The node does not answer.';
    isSilent = true;
  }

  tell();
  setTimeout(run, 2000);
}

setInterval(tell, 1000);
setTimeout(run, 2000);
document.addEventListener('visibilitychange', tell);
