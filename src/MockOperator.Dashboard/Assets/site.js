// What pages do besides: nothing here is needed to use them.
const token = () => document.querySelector('input[name=_token]')?.value;

// Copy buttons.
const revealCopy = root => root.querySelectorAll('[data-copy]').forEach(button => { button.hidden = false; });
document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Without a secure context there is no clipboard, and the old way must do.
    const area = document.createElement('textarea');
    area.value = button.dataset.copy;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  const text = button.firstChild;
  if (!button.dataset.text) button.dataset.text = text.data;
  text.data = 'Copied';
  button.classList.add('done');
  clearTimeout(button.timer);
  button.timer = setTimeout(() => { text.data = button.dataset.text; button.classList.remove('done'); }, 1500);
});

// Choices that take effect at once.
document.querySelectorAll('form[data-auto]').forEach(form => {
  const select = form.querySelector('select');
  if (!select) return;
  form.querySelector('button').hidden = true;
  select.addEventListener('change', () => form.requestSubmit());
});

// Questions in a dialog instead of on a page of their own.
document.addEventListener('click', async event => {
  const link = event.target.closest?.('a[data-dialog]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  const body = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main > .confirm');
  if (!body) { location.href = link.href; return; }
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  const title = body.querySelector('h1');
  if (title) title.id = 'dialog-title';
  dialog.append(document.importNode(body, true));
  dialog.addEventListener('click', e => {
    if (e.target === dialog || e.target.closest('[data-close]')) { e.preventDefault(); dialog.close(); }
  });
  dialog.addEventListener('close', () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
});

// More rows of a new API.
document.querySelectorAll('[data-rows]').forEach(list => {
  const form = list.closest('form');
  const number = () => list.querySelectorAll('.example').forEach((row, i) => {
    const title = row.querySelector('[data-number]');
    if (title) title.textContent = i + 1;
    row.querySelectorAll('[id]').forEach(input => {
      const id = input.id.replace(/\d+$/, i);
      row.querySelector(`label[for="${input.id}"]`)?.setAttribute('for', id);
      input.id = id;
    });
    const remove = row.querySelector('button[value^=remove]');
    if (remove) { remove.value = `remove-${i}`; remove.hidden = list.children.length === 1; }
  });
  form.addEventListener('click', event => {
    const button = event.target.closest('button[name=do]');
    if (button?.value === 'add-row') {
      event.preventDefault();
      const row = list.lastElementChild.cloneNode(true);
      row.querySelectorAll('input, textarea').forEach(input => { input.value = input.dataset.empty ?? ''; });
      list.append(row);
      number();
      row.querySelector('input').focus();
    } else if (button?.value.startsWith('remove-') && list.children.length > 1) {
      event.preventDefault();
      const row = button.closest('.example');
      (row.previousElementSibling ?? row.nextElementSibling).querySelector('input').focus();
      row.remove();
      number();
    }
  });
  number();
});

// What would be applied, as it is typed.
document.querySelectorAll('form[data-preview]').forEach(form => {
  let timer, running;
  const show = async () => {
    running?.abort();
    running = new AbortController();
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    fields.set('do', 'preview');
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams([...fields]), signal: running.signal }).catch(() => null);
    const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = page?.querySelector('#preview');
    if (now) document.querySelector('#preview').replaceWith(document.importNode(now, true));
    // Another collection has other versions.
    const [there, here] = [page?.querySelector('#version'), form.querySelector('#version')];
    const tags = list => [...list.options].map(option => option.value).join();
    if (there && here && tags(there) !== tags(here)) {
      const was = here.value;
      here.replaceChildren(...[...there.options].map(option => document.importNode(option, true)));
      if (here.value !== was) await show();
    }
  };
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(show, 300); });
});

// Large files: how far they are, and what was typed stays when the server says no.
document.querySelectorAll('form[enctype="multipart/form-data"]').forEach(form => {
  form.addEventListener('submit', event => {
    const files = [...form.querySelectorAll('input[type=file]')].filter(input => input.files.length);
    if (!files.length || files.some(input => input.files[0].size > 25 * 1024 * 1024)) {
      const large = files.find(input => input.files[0].size > 25 * 1024 * 1024);
      if (large) {
        event.preventDefault();
        large.setCustomValidity('The file is larger than 25 MiB, the largest that is taken here.');
        large.reportValidity();
        large.addEventListener('change', () => large.setCustomValidity(''), { once: true });
      }
      return;
    }
    event.preventDefault();
    const fields = new FormData(form, event.submitter);
    const request = new XMLHttpRequest();
    const buttons = form.querySelectorAll('button');
    let bar = form.querySelector('progress');
    if (!bar) {
      bar = document.createElement('progress');
      bar.setAttribute('aria-label', 'Upload');
      form.querySelector('.actions').before(bar);
    }
    bar.max = 1;
    bar.value = 0;
    buttons.forEach(button => { button.disabled = true; });
    const end = text => {
      buttons.forEach(button => { button.disabled = false; });
      bar.remove();
      let alert = form.querySelector('.alert.bad.sent');
      if (!alert) {
        alert = document.createElement('div');
        alert.className = 'alert bad sent';
        alert.setAttribute('role', 'alert');
        alert.tabIndex = -1;
        form.prepend(alert);
      }
      alert.replaceChildren(text);
      alert.scrollIntoView({ block: 'center' });
      alert.focus();
    };
    request.upload.addEventListener('progress', e => { if (e.lengthComputable) bar.value = e.loaded / e.total; });
    request.upload.addEventListener('load', () => bar.removeAttribute('value'));
    request.addEventListener('error', () => end('The connection broke before everything was sent. Nothing was made; send it again.'));
    request.addEventListener('load', () => {
      if (request.status < 400 && request.responseURL !== form.action) { location.href = request.responseURL; return; }
      const page = new DOMParser().parseFromString(request.responseText, 'text/html');
      const said = page.querySelector('.alert.bad') ?? page.querySelector('main');
      if (request.status < 400) {
        const now = page.querySelector('#preview');
        if (now) document.querySelector('#preview')?.replaceWith(document.importNode(now, true));
        buttons.forEach(button => { button.disabled = false; });
        bar.remove();
        return;
      }
      const box = document.createDocumentFragment();
      box.append(...[...(said?.children ?? [])].filter(node => !node.matches('form')).map(node => document.importNode(node, true)));
      end(box.childNodes.length ? box : request.responseText.slice(0, 500));
    });
    request.open('POST', form.action);
    request.send(fields);
  });
});

// Calls as they are answered. One stream for each tab, and none while nobody looks.
const live = document.querySelector('[data-live]');
if (live) {
  const said = document.querySelector('.live');
  const body = live.tBodies[0];
  let source, more = 0, tries;
  const say = text => { said.lastChild.textContent = text; };
  const open = () => {
    source = new EventSource(live.dataset.live);
    source.addEventListener('open', () => { said.hidden = false; say('live'); });
    source.addEventListener('call', event => {
      const row = document.createElement('template');
      row.innerHTML = event.data;
      const added = row.content.firstElementChild;
      if (!added || document.getElementById(added.id)) return;
      added.classList.add('new');
      body.prepend(added);
      revealCopy(added);
      document.querySelector('[data-none]')?.remove();
      live.closest('.sheet').hidden = false;
      while (body.rows.length > 500) body.lastElementChild.remove();
      say(`live · ${++more} new`);
    });
    source.addEventListener('note', event => say(JSON.parse(event.data)));
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) { say('reconnecting …'); return; }
      say('not live: reload the page');
      clearTimeout(tries);
      tries = setTimeout(() => { if (!document.hidden) open(); }, 10000);
    });
  };
  const close = () => { clearTimeout(tries); source?.close(); source = null; };
  document.addEventListener('visibilitychange', () => { if (document.hidden) close(); else if (!source) open(); });
  addEventListener('pagehide', close);
  if (!document.hidden) open();
}

// A mock that is on its way: look again until it is there.
const waiting = document.querySelector('[data-wait]');
if (waiting) {
  let left = 60;
  const look = async () => {
    if (--left < 0) return;
    const answer = await fetch(location.href).catch(() => null);
    const now = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-status]');
    if (now) {
      const shown = document.querySelector('[data-status]');
      if (shown.textContent !== now.textContent) { shown.replaceWith(document.importNode(now, true)); revealCopy(document); }
      if (!now.hasAttribute('data-wait')) return;
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 700);
}

revealCopy(document);
