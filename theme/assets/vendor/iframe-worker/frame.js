/* What the frame of iframe-worker needs, in a file because pages run no inline script. Material's search finds its
   own folder by the first script of the frame, so this one takes itself away. */
"use strict";
(() => {
  const self = document.currentScript;
  const { url } = self.dataset;
  self.remove();
  window.postMessage = (message, origin) => parent.postMessage(message, origin || "*");
  window.importScripts = (...addresses) => addresses.reduce((before, address) => before.then(() => new Promise((done) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    document.body.appendChild(script);
  })), Promise.resolve());
  addEventListener("error", ({ error }) => {
    parent.dispatchEvent(new ErrorEvent("error", { filename: url, error }));
  });
})();
