"use strict";
// The description of the interface, drawn from the service's own account of itself.

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("interface");
  SwaggerUIBundle({
    domNode: place,
    url: place.dataset.src,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    // The badge of its validator would be fetched from a foreign host.
    validatorUrl: null,
    syntaxHighlight: { theme: "idea" },
    requestInterceptor: (request) => {
      request.headers["X-CSRF-Token"] = page.token();
      return request;
    },
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
  });
});
