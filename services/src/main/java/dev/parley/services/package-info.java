/**
 * The product: one package per feature, all of the same shape ({@code chat} is the fullest). This
 * package holds only the list of their tables.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services;
