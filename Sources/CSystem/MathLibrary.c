// The mathematics library, opened when a function of it is first called.
//
// Swift's library names a hundred of its functions, so that the loader would map it at every
// start: 0.35 MB of memory and 13 page faults for what statistics and charts alone use.
// Each of these functions looks up the one of its name and calls it. What is missing here is
// found by the linker, which then links the library again. Hidden, so that libraries that are
// opened later keep their own.
#if defined(__linux__)

#include <dlfcn.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__GLIBC__)

static void *found(const char *name) {
  void *library = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
  void *function = library == NULL ? NULL : dlsym(library, name);
  if (function == NULL) {
    fprintf(stderr, "sheep: libm.so.6: %s\n", dlerror());
    _exit(70);
  }
  return function;
}

#define FUNCTION(type, name, parameters, arguments)                                   \
  __attribute__((visibility("hidden"))) type name parameters {                        \
    static type(*_Atomic known) parameters;                                           \
    type(*function) parameters = atomic_load_explicit(&known, memory_order_relaxed);  \
    if (function == NULL) {                                                           \
      function = (type(*) parameters)found(#name);                                    \
      atomic_store_explicit(&known, function, memory_order_relaxed);                  \
    }                                                                                 \
    return function arguments;                                                        \
  }

// Of one, two and three numbers, and of a number with a place for a whole one, each for `float`,
// `double` and `long double`.
#define ONE(name)                              \
  FUNCTION(float, name##f, (float x), (x))     \
  FUNCTION(double, name, (double x), (x))      \
  FUNCTION(long double, name##l, (long double x), (x))
#define TWO(name)                                           \
  FUNCTION(float, name##f, (float x, float y), (x, y))      \
  FUNCTION(double, name, (double x, double y), (x, y))      \
  FUNCTION(long double, name##l, (long double x, long double y), (x, y))
#define THREE(name)                                                     \
  FUNCTION(float, name##f, (float x, float y, float z), (x, y, z))      \
  FUNCTION(double, name, (double x, double y, double z), (x, y, z))     \
  FUNCTION(long double, name##l, (long double x, long double y, long double z), (x, y, z))
#define SIGN(name)                                                \
  FUNCTION(float, name##f_r, (float x, int *sign), (x, sign))     \
  FUNCTION(double, name##_r, (double x, int *sign), (x, sign))    \
  FUNCTION(long double, name##l_r, (long double x, int *sign), (x, sign))
#define QUOTIENT(name)                                                              \
  FUNCTION(float, name##f, (float x, float y, int *quotient), (x, y, quotient))     \
  FUNCTION(double, name, (double x, double y, int *quotient), (x, y, quotient))     \
  FUNCTION(long double, name##l, (long double x, long double y, int *quotient), (x, y, quotient))
#define TEXT(name)                                            \
  FUNCTION(float, name##f, (const char *text), (text))        \
  FUNCTION(double, name, (const char *text), (text))          \
  FUNCTION(long double, name##l, (const char *text), (text))
#define ORDER(name) FUNCTION(double, name, (int order, double x), (order, x))

ONE(acos) ONE(acosh) ONE(asin) ONE(asinh) ONE(atan) ONE(atanh) ONE(cbrt) ONE(ceil)
ONE(cos) ONE(cosh) ONE(erf) ONE(erfc) ONE(exp) ONE(exp2) ONE(expm1) ONE(floor)
ONE(log) ONE(log10) ONE(log1p) ONE(log2) ONE(logb) ONE(nearbyint) ONE(rint) ONE(round)
ONE(sin) ONE(sinh) ONE(sqrt) ONE(tan) ONE(tanh) ONE(tgamma) ONE(trunc)
TWO(atan2) TWO(fdim) TWO(fmax) TWO(fmin) TWO(fmod) TWO(hypot) TWO(nextafter) TWO(pow) TWO(remainder)
THREE(fma)
SIGN(lgamma)
QUOTIENT(remquo)
TEXT(nan)
ORDER(jn) ORDER(yn)

#endif
#endif
