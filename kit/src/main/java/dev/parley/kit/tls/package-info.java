/**
 * Certificates for serving HTTPS: the development authority that {@code parley up} makes, and the
 * operator's own certificate. Owns PEM, leaves, the choice by SNI and the change of certificates
 * while running. Knows no HTTP server, no store and no timer: the caller drives renewal and reload
 * by its clock. Start with {@link dev.parley.kit.tls.ServerCertificates}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.tls;
