// The worker that sets PDFs, under an address for which the workshop answers without a connection too (keeper.js).
import "../assets/js/workshop-worker.mjs";
