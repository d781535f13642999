package dev.symphony.kube.internal.api;

/** What the kubeconfig holds itself: a certificate, a token, a password, or nothing. */
record FixedLogin(Pass pass, String describe, String remedy) implements Login {}
